import type { Structure } from "../api/output";
import { regionalArn } from "../arn";
import type { Account } from "../types";
import type { Revision } from "./app-spec";
import type { Deployment, LifecycleEvent } from "./deployment";
import type { DeploymentGroups } from "./deployment-groups";

/** What tells of its only target: a function's alias, as `pay:live`. */
export function targetIdOf({ shift: { functionName, alias } }: Deployment): string {
  return `${functionName}:${alias}`;
}

/**
 * A deployment as GetDeployment tells it.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html
 *
 * @param previous the one that had succeeded before it.
 */
export function deploymentInfo(
  deployment: Deployment,
  groups: DeploymentGroups,
  previous: Deployment | undefined,
): Structure {
  const { rollback, rollbackInfo } = deployment;
  const group = groups.find(deployment.groupId);
  return {
    applicationName: group?.application,
    deploymentGroupName: group?.name,
    deploymentConfigName: deployment.configName,
    deploymentId: deployment.id,
    computePlatform: "Lambda",
    status: deployment.status,
    creator: deployment.creator,
    description: deployment.description,
    createTime: new Date(deployment.createdAt),
    startTime: timeOf(deployment.startedAt),
    completeTime: timeOf(deployment.completedAt),
    revision: shownRevision(deployment.revision),
    previousRevision: previous && shownRevision(previous.revision),
    errorInformation: deployment.error && { ...deployment.error },
    autoRollbackConfiguration: { enabled: rollback.enabled, events: rollback.events },
    rollbackInfo: rollbackInfo && {
      rollbackDeploymentId: rollbackInfo.deploymentId,
      rollbackTriggeringDeploymentId: rollbackInfo.triggeringDeploymentId,
      rollbackMessage: rollbackInfo.message,
    },
    deploymentOverview: overviewOf(deployment),
    deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    instanceTerminationWaitTimeStarted: false,
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_LambdaTarget.html */
export function deploymentTarget(deployment: Deployment, account: Account): Structure {
  const { functionName, alias, currentVersion, targetVersion } = deployment.shift;
  const { shiftedAt, completedAt, createdAt } = deployment;
  return {
    deploymentTargetType: "LambdaTarget",
    lambdaTarget: {
      deploymentId: deployment.id,
      targetId: targetIdOf(deployment),
      targetArn: regionalArn(account, "lambda", `function:${targetIdOf(deployment)}`),
      status: targetStatus(deployment),
      lastUpdatedAt: new Date(completedAt ?? shiftedAt ?? createdAt),
      lifecycleEvents: deployment.events.map(shownEvent),
      lambdaFunctionInfo: {
        functionName,
        functionAlias: alias,
        currentVersion,
        targetVersion,
        // Of 1, whatever the documentation calls it.
        targetVersionWeight: deployment.percent / 100,
      },
    },
  };
}

function shownEvent({ name, status, startedAt, endedAt }: LifecycleEvent): Structure {
  return {
    lifecycleEventName: name,
    status,
    startTime: timeOf(startedAt),
    endTime: timeOf(endedAt),
  };
}

function overviewOf(deployment: Deployment): Structure {
  const none = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
  return { ...none, [targetStatus(deployment)]: 1 };
}

function targetStatus({ events, status }: Deployment): string {
  if (status === "Created") {
    return "Pending";
  }
  if (status === "InProgress" || status === "Succeeded") {
    return status;
  }
  return events.some((event) => event.status === "Failed") ? "Failed" : "Skipped";
}

function shownRevision({ revisionType, content, sha256 }: Revision): Structure {
  const text = { content, sha256 };
  return revisionType === "String"
    ? { revisionType, string: text }
    : { revisionType, appSpecContent: text };
}

function timeOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
