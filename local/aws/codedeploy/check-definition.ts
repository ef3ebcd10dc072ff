import { AwsError } from "../aws-error";
import { tagProblem } from "../tags";
import {
  type AlarmSettings,
  type ApplicationDefinition,
  type GroupDefinition,
  rollbackEvents,
  type RollbackSettings,
} from "./definition";
import { routingOf } from "./deployment-config";

/** Of applications, groups and configs. https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const namePattern = /^[A-Za-z0-9._+=,@-]{1,100}$/;

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html */
const maxAlarms = 10;

/** @throws AwsError `InvalidApplicationNameException`, `InvalidTagsToAddException`. */
export function checkApplication({ name, tags = {} }: ApplicationDefinition): void {
  checkName(name, "application");
  checkTags(tags);
}

/**
 * Refuses what CodeDeploy would refuse of a group of Lambda's platform.
 *
 * @throws AwsError `InvalidDeploymentGroupNameException`, `DeploymentConfigDoesNotExistException`,
 * `InvalidDeploymentStyleException`, `InvalidAlarmConfigException`, `AlarmsLimitExceededException`,
 * `InvalidAutoRollbackConfigException`, `InvalidTagsToAddException`.
 */
export function checkGroup(group: GroupDefinition): void {
  const { name, configName, deploymentType, deploymentOption, tags = {} } = group;
  checkName(name, "deployment group");
  routingOf(configName);
  if (deploymentType !== "BLUE_GREEN" || deploymentOption !== "WITH_TRAFFIC_CONTROL") {
    throw new AwsError(
      "InvalidDeploymentStyleException",
      `The deployment style ${deploymentType}, ${deploymentOption} is not supported for the Lambda compute platform: it takes BLUE_GREEN, WITH_TRAFFIC_CONTROL`,
    );
  }
  checkAlarms(group.alarms);
  checkRollback(group.rollback);
  checkTags(tags);
}

function checkName(name: string, what: "application" | "deployment group"): void {
  if (!namePattern.test(name)) {
    const code =
      what === "application"
        ? "InvalidApplicationNameException"
        : "InvalidDeploymentGroupNameException";
    throw new AwsError(
      code,
      `The ${what} name ${JSON.stringify(name)} is not valid: it has 1 to 100 letters, digits and any of . _ + = , @ -`,
    );
  }
}

/** @throws AwsError `InvalidAlarmConfigException`, `AlarmsLimitExceededException`. */
export function checkAlarms({ enabled, alarms }: AlarmSettings): void {
  if (enabled && alarms.length === 0) {
    throw new AwsError(
      "InvalidAlarmConfigException",
      "The alarm configuration is enabled, and its list of alarms is empty",
    );
  }
  if (new Set(alarms).size < alarms.length || alarms.includes("")) {
    throw new AwsError(
      "InvalidAlarmConfigException",
      `An alarm has no name, or is there twice: ${alarms.join(", ")}`,
    );
  }
  if (alarms.length > maxAlarms) {
    throw new AwsError(
      "AlarmsLimitExceededException",
      `A deployment group has ${maxAlarms} alarms at most, not ${alarms.length}`,
    );
  }
}

/** @throws AwsError `InvalidAutoRollbackConfigException`. */
export function checkRollback({ enabled, events }: RollbackSettings): void {
  const unknown = events.filter((event) => !rollbackEvents.includes(event));
  if (unknown.length > 0 || (enabled && events.length === 0)) {
    throw new AwsError(
      "InvalidAutoRollbackConfigException",
      `The events of automatic rollbacks are [${events.join(", ")}]; they are any of ${rollbackEvents.join(", ")}, and not empty where rollbacks are enabled`,
    );
  }
}

function checkTags(tags: Readonly<Record<string, string>>): void {
  const problem = tagProblem(tags);
  if (problem !== undefined) {
    throw new AwsError("InvalidTagsToAddException", problem);
  }
}
