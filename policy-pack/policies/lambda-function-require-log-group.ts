import { stackRule } from "../lib/rule";
import type { CheckedStack, StackResource } from "../lib/stack";
import { functionType, logGroupType } from "../lib/types";
import { isKnown, mayLieBetween } from "../lib/values";

/** A group that Lambda makes by itself keeps its logs for ever. */
export const lambdaFunctionRequireLogGroup = stackRule({
  name: "lambda-function-require-log-group",
  description: "Lambda functions write to log groups with a retention, made by the program.",
  severity: "medium",
  topic: "lambda",
  remediationSteps:
    "Create an aws.cloudwatch.LogGroup with retentionInDays, and set loggingConfig.logGroup to its name.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html",
  check(stack, report) {
    for (const fn of stack.ofType(functionType)) {
      const groups = stack.ofType(logGroupType).filter((group) => writesTo(fn, group));
      if (groups.length === 0 && !writesElsewhere(stack, fn)) {
        report(fn, "has no log group in the program");
      } else if (
        groups.some((group) => !mayLieBetween(group.get("retentionInDays"), 1, Infinity))
      ) {
        report(fn, "has a log group without retention");
      }
    }
  },
});

function writesTo(fn: StackResource, group: StackResource): boolean {
  const name = group.get("name");
  return (
    fn.refersTo(group, "loggingConfig") ||
    group.refersTo(fn, "name") ||
    (typeof name === "string" &&
      [fn.get("loggingConfig", "logGroup"), `/aws/lambda/${String(fn.get("name"))}`].includes(name))
  );
}

/** Whether the function is given a group that is not in the stack. */
function writesElsewhere(stack: CheckedStack, fn: StackResource): boolean {
  const group = isKnown(fn.input("loggingConfig"))
    ? fn.get("loggingConfig", "logGroup")
    : undefined;
  return (
    group !== undefined && stack.ofType(logGroupType).every((one) => one.get("name") !== group)
  );
}
