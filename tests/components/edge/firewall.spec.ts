import assert from "node:assert/strict";
import { Firewall } from "../../../components/edge/firewall";
import type { FirewallScope } from "../../../components/edge/firewall-rules";
import { matchingRules } from "../../../local/aws/waf/managed-rules";
import { outputValue, runMocked } from "../../support/pulumi";

const aclType = "aws:wafv2/webAcl:WebAcl";

interface Acl {
  rules: {
    name: string;
    priority: number;
    action?: unknown;
    overrideAction?: unknown;
    statement: {
      rateBasedStatement?: object;
      managedRuleGroupStatement?: { name: string; ruleActionOverrides?: { name: string }[] };
    };
    visibilityConfig: object;
  }[];
}

async function create(scope: FirewallScope) {
  const { run, result } = await runMocked(() => {
    const firewall = new Firewall("test", { scope, rateLimit: 500 });
    if (scope === "REGIONAL") {
      firewall.protect("arn:stage");
    }
    return firewall;
  });
  return { run, result, acl: run.inputs(aclType, "test") as unknown as Acl };
}

const metrics = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  // Samples have whole headers and queries.
  sampledRequestsEnabled: false,
});

describe("Firewall", () => {
  it("of distributions is in us-east-1, and tells whom it refuses for asking too often", async () => {
    const { run } = await create("CLOUDFRONT");
    const { rules, ...inputs } = run.inputs(aclType, "test") as Record<string, unknown> & Acl;
    assert.deepEqual(inputs, {
      region: "us-east-1",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      customResponseBodies: [
        {
          key: "too-many-requests",
          contentType: "APPLICATION_JSON",
          content: JSON.stringify({
            error: "Too many requests come from this address. Try again in some minutes.",
            code: "TooManyRequests",
            requestId: "X-Amz-Cf-Id",
          }),
        },
      ],
      visibilityConfig: metrics("test"),
    });
    assert.deepEqual(rules[0], {
      name: "rate",
      priority: 0,
      statement: {
        rateBasedStatement: { limit: 500, aggregateKeyType: "IP", evaluationWindowSec: 300 },
      },
      action: {
        block: {
          customResponse: { responseCode: 429, customResponseBodyKey: "too-many-requests" },
        },
      },
      visibilityConfig: metrics("rate"),
    });
  });

  it("of an API is in the stack's region, and leaves the answer to the gateway", async () => {
    const { run, acl, result } = await create("REGIONAL");
    const { rules, ...inputs } = run.inputs(aclType, "test") as Record<string, unknown> & Acl;
    assert.deepEqual(inputs, {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: metrics("test"),
    });
    assert.deepEqual(rules[0]?.action, { block: {} });
    assert.equal(acl.rules.length, 3);
    assert.deepEqual(
      run.inputs("aws:wafv2/webAclAssociation:WebAclAssociation", "test-association"),
      {
        resourceArn: "arn:stage",
        webAclArn: await outputValue(result.arn),
      },
    );
  });

  for (const scope of ["CLOUDFRONT", "REGIONAL"] as const) {
    it(`uses AWS's lists and rules for ${scope}, one after another`, async () => {
      const { acl } = await create(scope);
      assert.deepEqual(
        acl.rules.map(({ name, priority, overrideAction, statement, visibilityConfig }) => [
          name,
          priority,
          overrideAction,
          statement.managedRuleGroupStatement?.name,
          visibilityConfig,
        ]),
        [
          ["rate", 0, undefined, undefined, metrics("rate")],
          [
            "reputation",
            1,
            { none: {} },
            "AWSManagedRulesAmazonIpReputationList",
            metrics("reputation"),
          ],
          ["common", 2, { none: {} }, "AWSManagedRulesCommonRuleSet", metrics("common")],
        ],
      );
    });
  }

  const countedOf = async (scope: FirewallScope) => {
    const { acl } = await create(scope);
    return acl.rules[2]?.statement.managedRuleGroupStatement?.ruleActionOverrides ?? [];
  };

  it("only counts what would refuse uploads and documents", async () => {
    const counting = (...names: string[]) =>
      names.map((name) => ({ name, actionToUse: { count: {} } }));
    assert.deepEqual(
      await countedOf("CLOUDFRONT"),
      counting(
        "NoUserAgent_HEADER",
        "SizeRestrictions_QUERYSTRING",
        "RestrictedExtensions_QUERYARGUMENTS",
      ),
    );
    assert.deepEqual(
      await countedOf("REGIONAL"),
      counting(
        "NoUserAgent_HEADER",
        "SizeRestrictions_BODY",
        "CrossSiteScripting_BODY",
        "EC2MetaDataSSRF_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
        "SizeRestrictions_QUERYSTRING",
        "SizeRestrictions_URIPATH",
        "RestrictedExtensions_QUERYARGUMENTS",
        "RestrictedExtensions_URIPATH",
      ),
    );
  });

  const longest = encodeURIComponent("象".repeat(255));
  for (const [what, scope, request] of [
    ["a URL by which an image is saved", "CLOUDFRONT", { query: `download=${longest}` }],
    ["an upload as the body", "REGIONAL", { query: `imageName=${longest}`, bodyBytes: 2 ** 20 }],
    ["an id of a record", "REGIONAL", { path: `/v1/records/${"%E8%B1%A1".repeat(682)}` }],
  ] as const) {
    it(`lets the longest of ${what} pass`, async () => {
      const nothing = { address: "192.0.2.1", path: "/", query: "", bodyBytes: 0 };
      const inspected = { ...nothing, header: () => undefined, ...request };
      const matching = matchingRules("AWSManagedRulesCommonRuleSet", inspected);
      assert.ok(matching.length > 1, "a rule besides that of the user agent is tried");
      const counted = (await countedOf(scope)).map(({ name }) => name);
      assert.deepEqual(
        matching.filter((rule) => !counted.includes(rule)),
        [],
      );
    });
  }
});
