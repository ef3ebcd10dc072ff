import assert from "node:assert/strict";
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListIPSetsCommand,
  ListResourcesForWebACLCommand,
  ListTagsForResourceCommand,
  ListWebACLsCommand,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import { wafApi } from "../../../aws/waf/api";
import { Waf } from "../../../aws/waf/waf";
import { wafv2Resources } from "../../../provider/wafv2";
import { createPlanned } from "../../provider/create-planned";
import { plannedRequest } from "../../provider/planned-request";
import { ApiLab } from "../api/api-lab";

const stage = "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/v1";
const visibilityConfig = {
  cloudwatchMetricsEnabled: true,
  metricName: "acl",
  sampledRequestsEnabled: false,
};
const inputs = {
  description: "Before the API",
  scope: "REGIONAL",
  defaultAction: { allow: {} },
  rules: [
    {
      name: "rate",
      priority: 0,
      statement: {
        rateBasedStatement: { limit: 10, aggregateKeyType: "IP", evaluationWindowSec: 60 },
      },
      action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: "no" } } },
      visibilityConfig,
    },
    {
      name: "common",
      priority: 1,
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: "AWSManagedRulesCommonRuleSet",
          ruleActionOverrides: [{ name: "NoUserAgent_HEADER", actionToUse: { count: {} } }],
        },
      },
      overrideAction: { none: {} },
      visibilityConfig,
    },
  ],
  customResponseBodies: [{ key: "no", content: "{}", contentType: "APPLICATION_JSON" }],
  associationConfig: {
    requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_16" } }],
  },
  visibilityConfig,
  tags: { Team: "one" },
};

describe("wafApi", () => {
  let lab: ApiLab;
  let client: WAFV2Client;
  let waf: Waf;
  let arn: string;
  let id: string;

  /** As a program declares it. */
  async function declare(name: string, changes: object = {}): Promise<{ arn: string; id: string }> {
    const request = plannedRequest(
      "aws:wafv2/webAcl:WebAcl",
      { ...inputs, name, ...changes },
      name,
    );
    const made = await createPlanned(wafv2Resources(waf, lab.account), request);
    return { arn: String(made.outputs.arn), id: made.id };
  }

  beforeEach(async () => {
    waf = new Waf({ notify: () => undefined, clock: () => new Date() });
    lab = await ApiLab.start((access) => wafApi(access, waf));
    client = lab.client(WAFV2Client);
    ({ arn, id } = await declare("one"));
    waf.associate(stage, arn);
  });

  afterEach(() => lab.stop());

  const get = (Name: string, Id: string, sdk = client) =>
    sdk.send(new GetWebACLCommand({ Name, Id, Scope: "REGIONAL" }));
  const VisibilityConfig = {
    CloudWatchMetricsEnabled: true,
    MetricName: "acl",
    SampledRequestsEnabled: false,
  };

  it("shows a web ACL as it was declared", async () => {
    const { WebACL, LockToken } = await get("one", id);
    assert.match(LockToken ?? "", /^[\da-f-]{36}$/);
    assert.deepEqual(WebACL, {
      Name: "one",
      Id: id,
      ARN: arn,
      Description: "Before the API",
      Capacity: 702,
      DefaultAction: { Allow: {} },
      ManagedByFirewallManager: false,
      LabelNamespace: "awswaf:123456789012:webacl:one:",
      CustomResponseBodies: { no: { Content: "{}", ContentType: "APPLICATION_JSON" } },
      AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_16" } } },
      VisibilityConfig,
      Rules: [
        {
          Name: "rate",
          Priority: 0,
          Statement: {
            RateBasedStatement: { Limit: 10, AggregateKeyType: "IP", EvaluationWindowSec: 60 },
          },
          Action: {
            Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "no" } },
          },
          VisibilityConfig,
        },
        {
          Name: "common",
          Priority: 1,
          Statement: {
            ManagedRuleGroupStatement: {
              VendorName: "AWS",
              Name: "AWSManagedRulesCommonRuleSet",
              RuleActionOverrides: [{ Name: "NoUserAgent_HEADER", ActionToUse: { Count: {} } }],
            },
          },
          OverrideAction: { None: {} },
          VisibilityConfig,
        },
      ],
    });
    assert.deepEqual((await client.send(new GetWebACLCommand({ ARN: arn }))).WebACL, WebACL);
  });

  it("lists web ACLs of a scope by pages", async () => {
    await declare("two");
    await declare("three", { scope: "CLOUDFRONT", region: "us-east-1" });
    const list = async (NextMarker?: string) => {
      const command = new ListWebACLsCommand({ Scope: "REGIONAL", Limit: 1, NextMarker });
      const { WebACLs = [], NextMarker: next } = await client.send(command);
      return { names: WebACLs.map(({ Name, Description }) => [Name, Description]), next };
    };
    const first = await list();
    assert.deepEqual(first.names, [["one", "Before the API"]]);
    assert.deepEqual(await list(first.next), {
      names: [["two", "Before the API"]],
      next: undefined,
    });
    await assert.rejects(list("wrong"), { name: "WAFInvalidParameterException" });
  });

  it("lists those of CloudFront where they are, and nowhere else", async () => {
    await declare("three", { scope: "CLOUDFRONT", region: "us-east-1" });
    const command = new ListWebACLsCommand({ Scope: "CLOUDFRONT" });
    const { WebACLs } = await lab.client(WAFV2Client, { region: "us-east-1" }).send(command);
    assert.deepEqual(
      WebACLs?.map(({ Name }) => Name),
      ["three"],
    );
    await assert.rejects(client.send(command), { name: "WAFInvalidParameterException" });
  });

  it("shows what a web ACL protects, and what protects a stage", async () => {
    const { WebACL } = await client.send(new GetWebACLForResourceCommand({ ResourceArn: stage }));
    assert.equal(WebACL?.ARN, arn);
    const other = new GetWebACLForResourceCommand({ ResourceArn: `${stage}2` });
    assert.equal((await client.send(other)).WebACL, undefined);
    const resources = async (ResourceType?: "API_GATEWAY", WebACLArn = arn) => {
      const command = new ListResourcesForWebACLCommand({ WebACLArn, ResourceType });
      return (await client.send(command)).ResourceArns;
    };
    assert.deepEqual(await resources("API_GATEWAY"), [stage]);
    assert.deepEqual(await resources(), []);
    await assert.rejects(resources("API_GATEWAY", `${arn}2`), {
      name: "WAFNonexistentItemException",
    });
  });

  it("shows tags", async () => {
    const command = new ListTagsForResourceCommand({ ResourceARN: arn });
    const { TagInfoForResource } = await client.send(command);
    assert.deepEqual(TagInfoForResource, {
      ResourceARN: arn,
      TagList: [{ Key: "Team", Value: "one" }],
    });
  });

  it("says what is not there, and what is not said", async () => {
    await assert.rejects(get("one", "other"), { name: "WAFNonexistentItemException" });
    await assert.rejects(get("other", id), { name: "WAFNonexistentItemException" });
    await assert.rejects(client.send(new GetWebACLCommand({ Name: "one" })), {
      name: "WAFInvalidParameterException",
    });
  });

  it("refuses who may not, and what is not emulated", async () => {
    const two = await declare("two");
    const reader = lab.client(WAFV2Client, {
      credentials: lab.roleThatMay(["wafv2:GetWebACL"], [arn]),
    });
    await get("one", id, reader);
    const refused = { name: "AccessDeniedException" };
    await assert.rejects(get("two", two.id, reader), refused);
    await assert.rejects(reader.send(new ListWebACLsCommand({ Scope: "REGIONAL" })), refused);
    const sets = client.send(new ListIPSetsCommand({ Scope: "REGIONAL" }));
    await assert.rejects(sets, { name: "NotImplemented" });
  });
});
