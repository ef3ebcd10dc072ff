import { lambdaPermissionRequireSource as policy } from "../../policy-pack/policies/lambda-permission-require-source";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-permission-require-source", () => {
  const api = resource("aws:apigateway/restApi:RestApi", "api", {});
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    action: "lambda:InvokeFunction",
    function: "upload",
    principal: "apigateway.amazonaws.com",
    sourceArn: "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*/POST/images",
  });
  const label = 'aws.lambda.Permission "invoke" lets';

  it("accepts a source by ARN, account or organization, known or not", async () => {
    await assertAccepted(policy, [
      permission,
      spoiled(permission, { sourceArn: outputOf(api) }),
      spoiled(permission, { sourceArn: undefined, sourceAccount: "123456789012" }),
      spoiled(permission, {
        principal: "*",
        sourceArn: undefined,
        principalOrgId: "o-1234567890",
      }),
    ]);
  });

  it("accepts principals that are accounts and roles, or not known yet", async () => {
    await assertAccepted(
      policy,
      ["123456789012", "arn:aws:iam::123456789012:role/caller", outputOf()].map((principal) =>
        spoiled(permission, { principal, sourceArn: undefined }),
      ),
    );
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
