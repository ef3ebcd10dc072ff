import assert from "node:assert/strict";
import { parsePolicyDocument } from "../../aws/iam/policy-document";
import { accountInvokes } from "../../provider/account";
import type { Properties } from "../../provider/resource";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

async function invoke(token: string, args: Properties = {}): Promise<Properties> {
  const found = accountInvokes(account)[token];
  assert.ok(found);
  return found(args);
}

describe("accountInvokes", () => {
  it("tells who calls", async () => {
    assert.deepEqual(await invoke("aws:index/getCallerIdentity:getCallerIdentity"), {
      accountId: "123456789012",
      arn: "arn:aws:iam::123456789012:root",
      id: "123456789012",
      userId: "123456789012",
    });
  });

  it("tells the region, or about the one asked for", async () => {
    assert.deepEqual(await invoke("aws:index/getRegion:getRegion"), {
      id: "eu-west-1",
      name: "eu-west-1",
      region: "eu-west-1",
      description: "Europe (Ireland)",
      endpoint: "ec2.eu-west-1.amazonaws.com",
    });
    const other = await invoke("aws:index/getRegion:getRegion", { region: "us-east-1" });
    assert.equal(other.description, "US East (N. Virginia)");
  });

  it("tells the partition", async () => {
    assert.deepEqual(await invoke("aws:index/getPartition:getPartition"), {
      id: "aws",
      partition: "aws",
      dnsSuffix: "amazonaws.com",
      reverseDnsPrefix: "com.amazonaws",
    });
  });

  describe("getPolicyDocument", () => {
    const token = "aws:iam/getPolicyDocument:getPolicyDocument";

    it("writes a document as the provider does", async () => {
      const result = await invoke(token, {
        policyId: "reading",
        statements: [
          {
            sid: "Read",
            actions: ["s3:GetObject"],
            resources: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
            principals: [
              { type: "AWS", identifiers: ["123456789012"] },
              { type: "Service", identifiers: ["sns.amazonaws.com"] },
            ],
            conditions: [
              { test: "StringEquals", variable: "s3:prefix", values: ["a"] },
              { test: "StringEquals", variable: "s3:delimiter", values: ["/", "|"] },
              { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
            ],
          },
          {
            effect: "Deny",
            notActions: ["s3:*"],
            notResources: ["*"],
            notPrincipals: [{ type: "*", identifiers: ["*"] }],
          },
        ],
      });
      const document = JSON.parse(String(result.json)) as object;
      assert.deepEqual(document, {
        Version: "2012-10-17",
        Id: "reading",
        Statement: [
          {
            Sid: "Read",
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"],
            Principal: { AWS: "123456789012", Service: "sns.amazonaws.com" },
            Condition: {
              StringEquals: { "s3:prefix": "a", "s3:delimiter": ["|", "/"] },
              Bool: { "aws:SecureTransport": "true" },
            },
          },
          { Effect: "Deny", NotAction: "s3:*", NotResource: "*", NotPrincipal: "*" },
        ],
      });
      assert.equal(result.json, JSON.stringify(document, undefined, 2));
      assert.equal(result.minifiedJson, JSON.stringify(document));
      assert.ok(parsePolicyDocument(result.json, "resource"));
    });

    it("refuses to merge documents", async () => {
      const call = async () => invoke(token, { sourceJson: "{}" });
      await assert.rejects(call, /does not emulate sourceJson/);
    });
  });
});
