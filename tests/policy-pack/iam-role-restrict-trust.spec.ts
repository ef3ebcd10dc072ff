import { iamRoleRestrictTrust as policy } from "../../policy-pack/policies/iam-role-restrict-trust";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
} from "./support/harness";

describe("iam-role-restrict-trust", () => {
  const provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
  const subject = "token.actions.githubusercontent.com:sub";
  const audience = "token.actions.githubusercontent.com:aud";

  function roleTrusting(Principal: unknown, Condition?: object) {
    const statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition };
    return resource("aws:iam/role:Role", "deployer", {
      assumeRolePolicy: JSON.stringify({ Statement: [statement] }),
    });
  }

  it("accepts services, accounts and organizations", async () => {
    await assertAccepted(policy, [
      roleTrusting({ Service: "lambda.amazonaws.com" }),
      roleTrusting({ AWS: ["arn:aws:iam::210987654321:root"] }),
      roleTrusting({ AWS: "*" }, { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } }),
    ]);
  });

  it("accepts identity providers with a condition on whom they know", async () => {
    await assertAccepted(policy, [
      roleTrusting(
        { Federated: provider },
        {
          StringLike: { [subject]: "repo:images/darkroom:*" },
          StringEquals: { [audience]: "sts.amazonaws.com" },
        },
      ),
      roleTrusting(
        { Federated: "cognito-identity.amazonaws.com" },
        { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:1234" } },
      ),
      roleTrusting(
        { Federated: "arn:aws:iam::123456789012:saml-provider/sso" },
        { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
      ),
    ]);
  });

  it("accepts a policy that is missing", async () => {
    await assertUnjudged(policy, [resource("aws:iam/role:Role", "deployer", {})], []);
  });

  function roleWith(statement: unknown) {
    return resource("aws:iam/role:Role", "deployer", {
      assumeRolePolicy: { Statement: [statement] },
    });
  }

  const federated = {
    Effect: "Allow",
    Principal: { Federated: provider } as unknown,
    Action: "sts:AssumeRoleWithWebIdentity",
  };

  for (const statement of [
    outputOf(),
    { ...federated, Action: "sts:AssumeRole", Principal: { AWS: outputOf() } },
    { ...federated, Condition: outputOf() },
    { ...federated, Condition: { StringLike: { [subject]: outputOf() } } },
  ]) {
    it(`cannot judge ${JSON.stringify(statement)}, part of which is not known yet`, async () => {
      await assertUnjudged(
        policy,
        [roleWith(statement)],
        'aws.iam.Role "deployer" (assumeRolePolicy)',
      );
    });
  }

  it("judges a provider that is not known yet by the conditions", async () => {
    const Principal = { Federated: outputOf() };
    const Condition = { StringLike: { [subject]: "repo:images/darkroom:*" } };
    await assertUnjudged(policy, [roleWith({ ...federated, Principal, Condition })], []);
    await assertUnjudged(
      policy,
      [roleWith({ ...federated, Principal: { Service: outputOf() } })],
      [],
    );
    await assertRefused(
      policy,
      [roleWith({ ...federated, Principal })],
      'aws.iam.Role "deployer" can be assumed by whoever its identity provider knows',
    );
  });

  for (const Principal of ["*", { AWS: "*" }]) {
    it(`refuses ${JSON.stringify(Principal)}`, async () => {
      await assertRefused(
        policy,
        [roleTrusting(Principal)],
        'aws.iam.Role "deployer" can be assumed by anybody',
      );
    });
  }

  for (const Condition of [
    undefined,
    { StringEquals: { [audience]: "sts.amazonaws.com" } },
    { StringLike: { [subject]: "repo:*" } },
    { StringLike: { [subject]: "*" } },
  ]) {
    it(`refuses a provider with the condition ${JSON.stringify(Condition)}`, async () => {
      await assertRefused(
        policy,
        [roleTrusting({ Federated: provider }, Condition)],
        `aws.iam.Role "deployer" can be assumed by whoever ${provider} knows`,
      );
    });
  }
});
