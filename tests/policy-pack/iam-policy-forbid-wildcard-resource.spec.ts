import { iamPolicyForbidWildcardResource as policy } from "../../policy-pack/policies/iam-policy-forbid-wildcard-resource";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
} from "./support/harness";

describe("iam-policy-forbid-wildcard-resource", () => {
  const statement = {
    Effect: "Allow",
    Action: ["s3:PutObject"] as unknown,
    Resource: "arn:aws:s3:::images/*" as unknown,
  };

  function policyWith(statement: object, type = "aws:iam/policy:Policy") {
    return resource(type, "writer", { policy: JSON.stringify({ Statement: [statement] }) });
  }

  it("accepts resources by name, and all of them for actions that know no others", async () => {
    await assertAccepted(policy, [
      policyWith(statement),
      policyWith({
        ...statement,
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
      }),
      policyWith({ ...statement, Action: "ec2:DescribeInstances", Resource: ["*"] }),
      policyWith({ ...statement, Effect: "Deny", Resource: "*" }),
    ]);
  });

  it("reports the others of a statement that has such actions as well", async () => {
    await assertAccepted(policy, [
      policyWith({
        ...statement,
        Action: ["iam:ListRoles", "ce:GetCostAndUsage", "pricing:GetProducts"],
        Resource: "*",
      }),
    ]);
    await assertRefused(
      policy,
      [policyWith({ ...statement, Action: ["iam:ListRoles", "s3:GetObject"], Resource: "*" })],
      'aws.iam.Policy "writer" allows s3:GetObject on all resources',
    );
  });

  it("accepts a document that is missing", async () => {
    await assertUnjudged(policy, [resource("aws:iam/policy:Policy", "writer", {})], []);
  });

  for (const document of [
    outputOf(),
    { Statement: outputOf() },
    { Statement: [{ ...statement, Resource: outputOf() }] },
    { Statement: [{ ...statement, Resource: ["arn:aws:s3:::images/*", outputOf()] }] },
    { Statement: [{ ...statement, Action: outputOf(), Resource: "*" }] },
    { Statement: [{ ...statement, Resource: "*", Condition: outputOf() }] },
  ]) {
    it(`cannot judge ${JSON.stringify(document)}, which is not known yet`, async () => {
      await assertUnjudged(
        policy,
        [resource("aws:iam/policy:Policy", "writer", { policy: document })],
        'aws.iam.Policy "writer" (policy)',
      );
    });
  }

  it("does not depend on what is not known of actions that know no resources, or of limits", async () => {
    const Condition = { StringEquals: { "aws:ResourceAccount": outputOf() } };
    const document = {
      Statement: [
        { ...statement, Action: "xray:PutTraceSegments", Resource: outputOf() },
        { ...statement, Resource: [outputOf(), "*"], Condition },
        { ...statement, Action: outputOf() },
        { ...statement, Effect: "Deny", Resource: outputOf() },
      ],
    };
    await assertUnjudged(
      policy,
      [resource("aws:iam/policy:Policy", "writer", { policy: document })],
      [],
    );
  });

  it("reports what is known beside what is not", async () => {
    const document = {
      Statement: [
        { ...statement, Action: ["s3:PutObject", outputOf()], Resource: [outputOf(), "*"] },
        outputOf(),
      ],
    };
    await assertRefused(
      policy,
      [resource("aws:iam/policy:Policy", "writer", { policy: document })],
      'aws.iam.Policy "writer" allows s3:PutObject on all resources',
    );
  });

  it("accepts a condition that limits the resources", async () => {
    for (const Condition of [
      { StringEquals: { "aws:ResourceTag/Team": "images" } },
      { StringEquals: { "aws:ResourceAccount": "123456789012" } },
      { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
    ]) {
      await assertAccepted(policy, [policyWith({ ...statement, Resource: "*", Condition })]);
    }
  });

  for (const Resource of [
    "*",
    ["arn:aws:s3:::images/*", "*"],
    "arn:aws:s3:::*",
    "arn:aws:sqs:us-east-1:123456789012:*",
  ]) {
    it(`refuses ${JSON.stringify(Resource)}`, async () => {
      await assertRefused(
        policy,
        [policyWith({ ...statement, Resource })],
        'aws.iam.Policy "writer" allows s3:PutObject on all resources',
      );
    });
  }

  it("refuses NotResource, and conditions that limit nothing", async () => {
    const { Resource, ...rest } = statement;
    const problem = 'aws.iam.Policy "writer" allows s3:PutObject on all resources';
    await assertRefused(policy, [policyWith({ ...rest, NotResource: Resource })], problem);
    for (const Condition of [
      { Bool: { "aws:SecureTransport": "true" } },
      { StringNotEquals: { "aws:ResourceTag/Team": "images" } },
      { StringEqualsIfExists: { "aws:ResourceTag/Team": "images" } },
    ]) {
      await assertRefused(
        policy,
        [policyWith({ ...statement, Resource: "*", Condition })],
        problem,
      );
    }
  });

  it("allows what a team allows", async () => {
    await assertAccepted(policy, [policyWith({ ...statement, Resource: "*" })], {
      settings: { allowed: ["s3:PutObject"] },
    });
  });
});
