import { lambdaFunctionLimitTimeout as policy } from "../../policy-pack/policies/lambda-function-limit-timeout";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-function-limit-timeout", () => {
  const fn = resource("aws:lambda/function:Function", "upload", {
    name: "upload-1a2b3c",
    timeout: 30,
  });
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    function: outputOf(fn),
    principal: "apigateway.amazonaws.com",
  });
  const late = spoiled(fn, { timeout: 60 });
  const problem = 'aws.lambda.Function "upload" may run for 60 s, longer than 30 s';

  it("accepts a function that stops with the gateway, by default or not known yet", async () => {
    for (const timeout of [30, 1, undefined, outputOf()]) {
      await assertAccepted(policy, [spoiled(fn, { timeout }), permission]);
    }
  });

  it("accepts any timeout of a function that the gateway does not invoke", async () => {
    await assertAccepted(policy, [late]);
    await assertAccepted(policy, [late, spoiled(permission, { principal: "s3.amazonaws.com" })]);
    await assertAccepted(policy, [late, spoiled(permission, { principal: outputOf() })]);
  });

  it("refuses a longer timeout, the function referred to by output or by name", async () => {
    await assertRefused(policy, [late, permission], problem);
    await assertRefused(
      policy,
      [late, spoiled(permission, { function: "upload-1a2b3c" })],
      problem,
    );
  });

  it("takes the limit that a team sets", async () => {
    await assertAccepted(policy, [late, permission], { settings: { maximumSeconds: 60 } });
  });
});
