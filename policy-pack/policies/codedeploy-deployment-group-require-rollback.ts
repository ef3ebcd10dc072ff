import { resourceRule } from "../lib/rule";
import type { CheckedResource } from "../lib/resource";
import { deploymentGroupType } from "../lib/types";
import { isKnown, listOf, mayBe } from "../lib/values";

export const codedeployDeploymentGroupRequireRollback = resourceRule({
  name: "codedeploy-deployment-group-require-rollback",
  description: "Deployments of CodeDeploy are rolled back when an alarm goes off.",
  severity: "medium",
  topic: "deployments",
  remediationSteps:
    "Set alarmConfiguration with enabled and alarms, and autoRollbackConfiguration with enabled and the event " +
    "DEPLOYMENT_STOP_ON_ALARM.",
  url: "https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html",
  types: [deploymentGroupType],
  check(group, report) {
    if (!watchesAlarms(group)) {
      report("watches no alarm");
    }
    if (!rollsBack(group)) {
      report("does not roll back when an alarm goes off");
    }
  },
});

function watchesAlarms(group: CheckedResource): boolean {
  return (
    isOn(group.known("alarmConfiguration", "enabled")) &&
    mayHold(group.known("alarmConfiguration", "alarms"), (alarms) => alarms.length > 0)
  );
}

function rollsBack(group: CheckedResource): boolean {
  return (
    isOn(group.known("autoRollbackConfiguration", "enabled")) &&
    mayHold(group.known("autoRollbackConfiguration", "events"), (events) =>
      events.some((event) => mayBe(event, "DEPLOYMENT_STOP_ON_ALARM")),
    )
  );
}

function isOn(value: unknown): boolean {
  return mayBe(value, true, "true");
}

function mayHold(value: unknown, test: (items: readonly unknown[]) => boolean): boolean {
  return !isKnown(value) || test(listOf(value));
}
