import { callersOf } from "../lib/function-callers";
import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
import { functionType } from "../lib/types";
import { maySet, textOf } from "../lib/values";

/**
 * Services that invoke functions asynchronously: nobody waits for the answer.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
const asynchronousCallers = [
  "s3.amazonaws.com",
  "sns.amazonaws.com",
  "events.amazonaws.com",
  "ses.amazonaws.com",
  "iot.amazonaws.com",
  "logs.amazonaws.com",
  "config.amazonaws.com",
  "codecommit.amazonaws.com",
  "cloudformation.amazonaws.com",
];

export const lambdaFunctionRequireFailureDestination = stackRule({
  name: "lambda-function-require-failure-destination",
  description: "Events that an asynchronously invoked function cannot process are kept.",
  severity: "medium",
  topic: "lambda",
  remediationSteps:
    "Add an aws.lambda.FunctionEventInvokeConfig with destinationConfig.onFailure, or set deadLetterConfig.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
  types: [functionType],
  check(fn, report, _settings, stack) {
    if (keepsFailures(stack, fn)) {
      return;
    }
    const caller = callersOf(stack, fn).find((principal) =>
      asynchronousCallers.some((service) => service === principal),
    );
    if (caller !== undefined) {
      report(`is invoked by ${textOf(caller)}, and loses the events that it fails on`);
    }
  },
});

function keepsFailures(stack: CheckedStack, fn: CheckedResource): boolean {
  const configurations = stack.referring(fn, "functionName", [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  ]);
  return (
    maySet(fn.declared("deadLetterConfig", "targetArn")) ||
    configurations.some((one) =>
      maySet(one.declared("destinationConfig", "onFailure", "destination")),
    )
  );
}
