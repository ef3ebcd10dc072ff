import assert from "node:assert/strict";
import { Waf } from "../../aws/waf/waf";
import type { Properties, ResourceState } from "../../provider/resource";
import { wafv2Resources } from "../../provider/wafv2";
import { createPlanned } from "./create-planned";
import { plannedRequest } from "./planned-request";

const account = { accountId: "123456789012", region: "eu-central-1", partition: "aws" };
const aclType = "aws:wafv2/webAcl:WebAcl";
const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";
const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "rate",
  sampledRequestsEnabled: false,
};
const rate = {
  name: "rate",
  priority: 0,
  statement: {
    rateBasedStatement: { limit: 10, aggregateKeyType: "IP", evaluationWindowSec: 60 },
  },
  action: { block: {} },
  visibilityConfig,
};
const common = {
  name: "common",
  priority: 1,
  statement: {
    managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
  },
  overrideAction: { none: {} },
  visibilityConfig,
};
const regional = {
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  rules: [rate, common],
  visibilityConfig,
};

describe("wafv2Resources", () => {
  let waf: Waf;

  beforeEach(() => {
    waf = new Waf({ notify: () => undefined, clock: () => new Date() });
  });

  function create(type: string, inputs: Properties): Promise<ResourceState> {
    return createPlanned(wafv2Resources(waf, account), plannedRequest(type, inputs));
  }

  it("make a web ACL with what AWS fills in", async () => {
    const { id, outputs } = await create(aclType, regional);
    assert.match(id, /^[\da-f-]{36}$/);
    assert.equal(
      outputs.arn,
      `arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/thing-1a2b3c4/${id}`,
    );
    assert.equal(outputs.capacity, 702);
    assert.equal(outputs.name, "thing-1a2b3c4");
  });

  it("have those of distributions in us-east-1 alone", async () => {
    const global = { ...regional, scope: "CLOUDFRONT" };
    const { id, outputs } = await create(aclType, { ...global, region: "us-east-1" });
    assert.equal(
      outputs.arn,
      `arn:aws:wafv2:us-east-1:123456789012:global/webacl/thing-1a2b3c4/${id}`,
    );
    await assert.rejects(create(aclType, global), {
      code: "WAFInvalidParameterException",
      message: /The scope is not valid/,
    });
  });

  it("refuse requests by what the rules say", async () => {
    const responding = {
      ...rate,
      action: {
        block: {
          customResponse: {
            responseCode: 429,
            customResponseBodyKey: "slow",
            responseHeaders: [{ name: "Retry-After", value: "60" }],
          },
        },
      },
    };
    const { outputs } = await create(aclType, {
      ...regional,
      rules: [responding],
      customResponseBodies: [{ key: "slow", content: "{}", contentType: "APPLICATION_JSON" }],
    });
    const request = {
      address: "192.0.2.1",
      path: "/",
      query: "",
      header: () => "test",
      bodyBytes: 0,
    };
    for (let count = 0; count < 10; count++) {
      assert.equal(waf.inspect(String(outputs.arn), request), undefined);
    }
    assert.deepEqual(waf.inspect(String(outputs.arn), request), {
      rule: "rate",
      response: {
        status: 429,
        headers: { "retry-after": "60", "content-type": "application/json" },
        body: "{}",
      },
    });
  });

  it("protect the stage of a REST API, and nothing else", async () => {
    const { outputs } = await create(aclType, regional);
    const resourceArn = "arn:aws:apigateway:eu-central-1::/restapis/a1b2/stages/v1";
    const inputs = { resourceArn, webAclArn: outputs.arn };
    const { id } = await create(associationType, inputs);
    assert.equal(id, `${String(outputs.arn)},${resourceArn}`);
    assert.equal(waf.protecting(resourceArn), outputs.arn);
    await assert.rejects(
      create(associationType, { ...inputs, resourceArn: "arn:aws:elasticloadbalancing:x:1:lb/1" }),
      /does not emulate web ACLs before/,
    );
  });

  const spoilt = (changes: object) => ({ ...regional, rules: [{ ...rate, ...changes }] });
  const limited = (changes: object) =>
    spoilt({
      statement: { rateBasedStatement: { limit: 10, aggregateKeyType: "IP", ...changes } },
    });
  const overriding = (changes: object) => {
    const { managedRuleGroupStatement } = common.statement;
    const statement = { managedRuleGroupStatement: { ...managedRuleGroupStatement, ...changes } };
    return { ...regional, rules: [{ ...common, statement }] };
  };
  const refused: [string, Properties, RegExp][] = [
    [
      "two rules of a name",
      { ...regional, rules: [rate, { ...rate, priority: 2 }] },
      /names of rules/,
    ],
    [
      "two rules of a priority",
      { ...regional, rules: [rate, { ...common, priority: 0 }] },
      /priorities/,
    ],
    ["a rule without an action", spoilt({ action: undefined }), /must have an action/],
    ["a rule with both actions", spoilt({ overrideAction: { none: {} } }), /must have an action/],
    [
      "a group with an action",
      { ...regional, rules: [{ ...common, action: { block: {} } }] },
      /an overrideAction/,
    ],
    ["an action that is two", spoilt({ action: { block: {}, count: {} } }), /exactly one of/],
    ["a limit of 9", limited({ limit: 9 }), /10 to 2,000,000,000/],
    ["a window of 90 s", limited({ evaluationWindowSec: 90 }), /60, 120, 300 or 600/],
    [
      "other keys than addresses",
      limited({ aggregateKeyType: "CONSTANT" }),
      /does not emulate .*aggregateKeyType/,
    ],
    [
      "other statements",
      spoilt({ statement: { geoMatchStatement: {} } }),
      /does not emulate .*geoMatchStatement/,
    ],
    [
      "other groups",
      overriding({ name: "AWSManagedRulesSQLiRuleSet" }),
      /does not emulate the rules AWSManagedRulesSQLiRuleSet/,
    ],
    [
      "another action for a rule that there is not",
      overriding({
        ruleActionOverrides: [{ name: "SizeRestriction_BODY", actionToUse: { count: {} } }],
      }),
      /has no rule SizeRestriction_BODY, but NoUserAgent_HEADER/,
    ],
    [
      "a body that there is not",
      spoilt({
        action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: "x" } } },
      }),
      /no customResponseBodies with the key x/,
    ],
  ];
  for (const [what, inputs, message] of refused) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(create(aclType, inputs), message);
    });
  }
});
