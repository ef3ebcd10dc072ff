import { callersOf } from "../lib/function-callers";
import { stackRule } from "../lib/rule";
import type { CheckedStack, StackResource } from "../lib/stack";
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
  check(stack, report) {
    for (const fn of stack.ofType(functionType)) {
      const caller = callersOf(stack, fn).find((principal) =>
        asynchronousCallers.some((service) => service === principal),
      );
      if (caller !== undefined && !keepsFailures(stack, fn)) {
        report(fn, `is invoked by ${textOf(caller)}, and loses the events that it fails on`);
      }
    }
  },
});

function keepsFailures(stack: CheckedStack, fn: StackResource): boolean {
  const configurations = stack.referring(fn, "functionName", [
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  ]);
  return (
    maySet(fn.get("deadLetterConfig", "targetArn")) ||
    configurations.some((one) => maySet(one.get("destinationConfig", "onFailure", "destination")))
  );
}
