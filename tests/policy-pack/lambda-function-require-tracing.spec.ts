import { lambdaFunctionRequireTracing as policy } from "../../policy-pack/policies/lambda-function-require-tracing";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-function-require-tracing", () => {
  const checked = resource("aws:lambda/function:Function", "upload", {
    tracingConfig: { mode: "Active" },
  });

  it("accepts what complies, known or not", async () => {
    await assertAccepted(policy, [
      checked,
      spoiled(checked, { tracingConfig: outputOf() }),
      spoiled(checked, { tracingConfig: { mode: outputOf() } }),
    ]);
  });

  for (const change of [
    { tracingConfig: undefined },
    { tracingConfig: {} },
    { tracingConfig: { mode: "PassThrough" } },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(checked, change)],
        'aws.lambda.Function "upload" is not traced',
      );
    });
  }
});
