import { iamPolicyForbidWildcardAction as policy } from "../../policy-pack/policies/iam-policy-forbid-wildcard-action";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
} from "./support/harness";

describe("iam-policy-forbid-wildcard-action", () => {
  const statement = {
    Effect: "Allow",
    Action: ["s3:PutObject"] as unknown,
    Resource: "arn:aws:s3:::images/*",
  };

  function policyWith(statement: object, type = "aws:iam/policy:Policy") {
    return resource(type, "writer", { policy: JSON.stringify({ Statement: [statement] }) });
  }

  it("accepts actions by name, families that read, and those of KMS", async () => {
    await assertAccepted(policy, [
      policyWith(statement),
      policyWith({ ...statement, Action: ["s3:Get*", "dynamodb:BatchGet*", "ec2:Describe*"] }),
      policyWith({ ...statement, Action: ["kms:GenerateDataKey*", "kms:ReEncrypt*"] }),
      policyWith({ ...statement, Effect: "Deny", Action: "*" }),
    ]);
  });

  it("accepts a document that is missing", async () => {
    await assertUnjudged(
      policy,
      [
        resource("aws:iam/policy:Policy", "writer", {}),
        resource("aws:iam/policy:Policy", "writer", { policy: "no document" }),
      ],
      [],
    );
  });

  for (const document of [
    outputOf(),
    { Statement: [outputOf()] },
    { Statement: [{ ...statement, Action: ["s3:PutObject", outputOf()] }] },
    { Statement: [{ ...statement, Effect: outputOf(), Action: "s3:*" }] },
  ]) {
    it(`cannot judge ${JSON.stringify(document)}, which is not known yet`, async () => {
      await assertUnjudged(
        policy,
        [resource("aws:iam/policy:Policy", "writer", { policy: document })],
        'aws.iam.Policy "writer" (policy)',
      );
      await assertUnjudged(
        policy,
        [resource("aws:iam/role:Role", "writer", { inlinePolicies: [{ policy: document }] })],
        'aws.iam.Role "writer" (inlinePolicies.0.policy)',
      );
    });
  }

  it("does not depend on resources, conditions and denials that are not known yet", async () => {
    const document = {
      Statement: [
        { ...statement, Resource: outputOf(), Condition: outputOf() },
        { ...statement, Effect: "Deny", Action: outputOf() },
      ],
    };
    await assertUnjudged(
      policy,
      [resource("aws:iam/policy:Policy", "writer", { policy: document })],
      [],
    );
  });

  for (const action of ["*", "s3:*", "s3:Put*", "*:Get*", "dynamodb:?utItem"]) {
    it(`refuses ${action}`, async () => {
      await assertRefused(
        policy,
        [policyWith({ ...statement, Action: ["s3:PutObject", action] })],
        `aws.iam.Policy "writer" allows ${action}`,
      );
    });
  }

  it("refuses NotAction", async () => {
    const { Action, ...rest } = statement;
    await assertRefused(
      policy,
      [policyWith({ ...rest, NotAction: Action })],
      'aws.iam.Policy "writer" allows all actions but those listed, by NotAction',
    );
  });

  it("looks into inline policies, and past statements that are not known", async () => {
    await assertRefused(
      policy,
      [policyWith({ ...statement, Action: "s3:*" }, "aws:iam/rolePolicy:RolePolicy")],
      'aws.iam.RolePolicy "writer" allows s3:*',
    );
    const document = { Statement: [outputOf(), { ...statement, Action: "s3:*" }] };
    await assertRefused(
      policy,
      [resource("aws:iam/role:Role", "writer", { inlinePolicies: [{ policy: document }] })],
      'aws.iam.Role "writer" allows s3:*',
    );
  });

  it("allows what a team allows", async () => {
    await assertAccepted(policy, [policyWith({ ...statement, Action: "s3:Put*" })], {
      settings: { allowed: ["s3:Put*"] },
    });
  });
});
