import { lambdaFunctionUrlRequireAuth as policy } from "../../policy-pack/policies/lambda-function-url-require-auth";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-function-url-require-auth", () => {
  const functionUrl = resource("aws:lambda/functionUrl:FunctionUrl", "upload", {
    functionName: "upload",
    authorizationType: "AWS_IAM",
  });

  it("accepts IAM authentication, and a type that is not known yet", async () => {
    await assertAccepted(policy, [
      functionUrl,
      spoiled(functionUrl, { authorizationType: outputOf() }),
    ]);
  });

  for (const authorizationType of [undefined, "NONE"]) {
    it(`refuses the type ${authorizationType ?? "missing"}`, async () => {
      await assertRefused(
        policy,
        [spoiled(functionUrl, { authorizationType })],
        'aws.lambda.FunctionUrl "upload" can be called by anybody',
      );
    });
  }
});
