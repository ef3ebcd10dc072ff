import { lambdaFunctionRequireFailureDestination as policy } from "../../policy-pack/policies/lambda-function-require-failure-destination";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("lambda-function-require-failure-destination", () => {
  const queue = resource("aws:sqs/queue:Queue", "failures", {});
  const fn = resource("aws:lambda/function:Function", "resize", { name: "resize-1a2b3c" });
  const permission = resource("aws:lambda/permission:Permission", "invoke", {
    function: outputOf(fn),
    principal: "s3.amazonaws.com",
  });
  const destination = resource(
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    "resize",
    {
      functionName: outputOf(fn),
      destinationConfig: { onFailure: { destination: outputOf(queue) } },
    },
  );
  const problem =
    'aws.lambda.Function "resize" is invoked by s3.amazonaws.com, and loses the events that it fails on';

  it("accepts a destination, given by output or by the function's name", async () => {
    await assertAccepted(policy, [fn, permission, destination]);
    await assertAccepted(policy, [
      fn,
      permission,
      spoiled(destination, { functionName: "resize-1a2b3c" }),
    ]);
  });

  it("accepts a dead-letter queue", async () => {
    const withQueue = spoiled(fn, { deadLetterConfig: { targetArn: outputOf(queue) } });
    await assertAccepted(policy, [withQueue, permission]);
  });

  it("accepts functions that are invoked synchronously, or not known how", async () => {
    for (const principal of ["apigateway.amazonaws.com", "cognito-idp.amazonaws.com", outputOf()]) {
      await assertAccepted(policy, [fn, spoiled(permission, { principal })]);
    }
  });

  for (const principal of ["s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com"]) {
    it(`refuses a function that ${principal} invokes without a destination`, async () => {
      await assertRefused(
        policy,
        [fn, spoiled(permission, { principal })],
        problem.replace("s3.amazonaws.com", principal),
      );
    });
  }

  it("refuses a destination of successes alone", async () => {
    const destinationConfig = { onSuccess: { destination: outputOf(queue) } };
    await assertRefused(
      policy,
      [fn, permission, spoiled(destination, { destinationConfig })],
      problem,
    );
  });
});
