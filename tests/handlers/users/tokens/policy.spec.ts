import assert from "node:assert/strict";
import { allow, deny, stageArn } from "../../../../handlers/users/tokens/policy";

const stage = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/v1";

describe("stageArn", () => {
  for (const [methodArn, expected] of [
    [`${stage}/GET/images`, stage],
    [`${stage}/GET/`, stage],
    [`${stage}/GET/images/a/DELETE/b`, stage],
    [`${stage}/POST/*/../v2/GET/arn:aws:execute-api:eu-west-1:210987654321:a/b`, stage],
    [
      "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1/my_stage-2/HEAD/images",
      "arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:a1/my_stage-2",
    ],
  ] as const) {
    it(`of ${methodArn} is ${expected}`, () => {
      assert.equal(stageArn(methodArn), expected);
    });
  }

  for (const methodArn of [
    "",
    "*",
    stage,
    `${stage}/`,
    `${stage}/GET`,
    "arn:aws:execute-api:us-east-1:123456789012:*/v1/GET/images",
    "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/*/GET/images",
    "arn:aws:execute-api:us-east-1:*:abcdef1234/v1/GET/images",
    "arn:aws:s3:us-east-1:123456789012:abcdef1234/v1/GET/images",
    ` ${stage}/GET/images`,
  ]) {
    it(`is not to be had of ${JSON.stringify(methodArn)}`, () => {
      assert.throws(() => stageArn(methodArn), { message: "The event has no ARN of a method." });
    });
  }
});

describe("allow", () => {
  it("lets in to every method of the stage, and of no other", () => {
    assert.deepEqual(
      allow(stage, {
        principalId: "service",
        context: { kind: "service" },
        usageIdentifierKey: "key-value",
      }),
      {
        principalId: "service",
        policyDocument: {
          Version: "2012-10-17",
          Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: `${stage}/*` }],
        },
        context: { kind: "service" },
        usageIdentifierKey: "key-value",
      },
    );
  });
});

describe("deny", () => {
  it("keeps out of every method, says why, and names no key", () => {
    assert.deepEqual(deny(stage, "it has expired"), {
      principalId: "nobody",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Action: "execute-api:Invoke", Effect: "Deny", Resource: `${stage}/*` }],
      },
      context: { reason: "it has expired" },
    });
  });
});
