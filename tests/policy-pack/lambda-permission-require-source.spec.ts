import { lambdaPermissionRequireSource as policy } from "../../policy-pack/policies/lambda-permission-require-source";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("lambda-permission-require-source", () => {
  const api = resource("aws:apigateway/restApi:RestApi", "api", {});
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    action: "lambda:InvokeFunction",
    function: "upload",
    principal: "apigateway.amazonaws.com",
    sourceArn: "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/POST/images",
  });
  const label = 'aws.lambda.Permission "invoke" lets';

  it("accepts a source by ARN, account or organization", async () => {
    await assertAccepted(policy, [
      permission,
      spoiled(permission, { sourceArn: outputOf(api), sourceAccount: "123456789012" }),
      spoiled(permission, { sourceArn: undefined, sourceAccount: "123456789012" }),
      spoiled(permission, {
        principal: "*",
        sourceArn: undefined,
        principalOrgId: "o-1234567890",
      }),
    ]);
  });

  it("accepts principals that are accounts and roles", async () => {
    await assertAccepted(
      policy,
      ["123456789012", "arn:aws:iam::123456789012:role/caller"].map((principal) =>
        spoiled(permission, { principal, sourceArn: undefined }),
      ),
    );
  });

  it("cannot judge a source or a principal that is not known yet, where it decides", async () => {
    const unjudged = 'aws.lambda.Permission "invoke"';
    const unknownSource = spoiled(permission, { sourceArn: outputOf(api) });
    const unknownPrincipal = spoiled(permission, { principal: outputOf() });
    await assertUnjudged(policy, [unknownSource], `${unjudged} (sourceArn)`);
    await assertUnjudged(
      policy,
      [spoiled(unknownPrincipal, { sourceArn: undefined })],
      `${unjudged} (principal)`,
    );
    await assertUnjudged(policy, [unknownPrincipal], []);
    await assertUnjudged(policy, [spoiled(unknownSource, { principal: "123456789012" })], []);
    await assertUnjudged(policy, [spoiled(unknownSource, { sourceAccount: "123456789012" })], []);
  });

  for (const sourceArn of [undefined, "", "*", "arn:aws:s3:::*", "arn:aws:execute-api:*:*:*/*"]) {
    it(`refuses a service with the source ${sourceArn ?? "missing"}`, async () => {
      await assertRefused(
        policy,
        [spoiled(permission, { sourceArn })],
        `${label} apigateway.amazonaws.com, on behalf of any account, invoke the function`,
      );
    });
  }

  it("refuses everybody", async () => {
    await assertRefused(
      policy,
      [spoiled(permission, { principal: "*", sourceArn: undefined })],
      `${label} anybody invoke the function`,
    );
  });
});
