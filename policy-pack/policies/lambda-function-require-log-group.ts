import type { CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import type { CheckedStack } from "../lib/stack";
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
  types: [functionType],
  check(fn, report, _settings, stack) {
    const groups = groupsOf(stack, fn);
    if (groups.length > 0) {
      if (groups.some((group) => !mayLieBetween(group.known("retentionInDays"), 1, Infinity))) {
        report("has a log group without retention");
      }
    } else if (!writesElsewhere(fn) && !mayHaveGroup(stack, fn)) {
      report("has no log group in the program");
    }
  },
});

/** The group that the function is given, or else those of the name that Lambda takes by itself. */
function groupsOf(stack: CheckedStack, fn: CheckedResource): CheckedResource[] {
  const given = stack.referred(fn, "loggingConfig", [logGroupType]);
  return given.length > 0
    ? given
    : stack.ofType(logGroupType).filter((group) => isOwnGroup(stack, fn, group));
}

function isOwnGroup(stack: CheckedStack, fn: CheckedResource, group: CheckedResource): boolean {
  const name = group.declared("name");
  return isKnown(name) && isKnown(fn.declared("name"))
    ? name === ownGroupName(fn)
    : stack.refers(group, "name", fn);
}

function ownGroupName(fn: CheckedResource): string {
  return `/aws/lambda/${String(fn.declared("name"))}`;
}

/** Whether the function is given a group that is not in the program; AWS's own default is not given. */
function writesElsewhere(fn: CheckedResource): boolean {
  const group = fn.declared("loggingConfig", "logGroup");
  return group !== undefined && !(isKnown(fn.declared("name")) && group === ownGroupName(fn));
}

/** Whether a group of the program may turn out to have the name that Lambda takes. */
function mayHaveGroup(stack: CheckedStack, fn: CheckedResource): boolean {
  const groups = stack.ofType(logGroupType);
  const uncertain = isKnown(fn.declared("name"))
    ? groups.filter((group) => !isKnown(group.declared("name")))
    : groups;
  return fn.some(
    uncertain.filter((group) => stack.referred(group, "name", [functionType]).length === 0),
    (group) => !isKnown(group.known("name")) || !isKnown(fn.known("name")),
  );
}
