import { z } from "zod";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput as parse, refuseParameters } from "../parse-input";
import { readAppSpec, readRevision, revisionInput } from "./app-spec";
import type { Deployment } from "./deployment";
import { routingOf } from "./deployment-config";
import { deploymentInfo, deploymentTarget, targetIdOf } from "./deployment-views";
import {
  authorizedGroup,
  type OperationContext,
  page,
  paging,
  required,
  requireBatch,
  requireOnApplication,
} from "./operation-context";
import { groupArn } from "./service-session";
import { alarmInput, alarmsOf, rollbackInput, rollbackOf } from "./settings-input";

const name = z.string().nullish();
/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const maxDescription = 256;
/** Of deployments and of targets. https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeployments.html */
const maxBatch = 25;

const statuses = [
  ...["Created", "Queued", "InProgress", "Baking"],
  ...["Succeeded", "Failed", "Stopped", "Ready"],
] as const;

const createInput = z.object({
  applicationName: name,
  deploymentGroupName: name,
  deploymentConfigName: name,
  description: z.string().nullish(),
  revision: revisionInput.nullish(),
  autoRollbackConfiguration: rollbackInput.nullish(),
  overrideAlarmConfiguration: alarmInput.nullish(),
});
const byIdInput = z.object({ deploymentId: name });
const targetInput = z.object({ deploymentId: name, targetId: name });
const targetsInput = z.object({
  deploymentId: name,
  targetIds: z.array(z.string()).nullish(),
});
const deploymentsInput = z.object({ deploymentIds: z.array(z.string()) });
const stopInput = z.object({ deploymentId: name, autoRollbackEnabled: z.boolean().nullish() });
/** Seconds since 1970. */
const timeRange = z.object({ start: z.number().nullish(), end: z.number().nullish() });
const listInput = z.object({
  ...paging,
  applicationName: name,
  deploymentGroupName: name,
  includeOnlyStatuses: z.array(z.enum(statuses)).nullish(),
  createTimeRange: timeRange.nullish(),
});

export const deploymentOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  CreateDeployment: (input, context) => {
    const given = parse(createInput, input);
    const group = authorizedGroup(
      context,
      "CreateDeployment",
      given.applicationName,
      given.deploymentGroupName,
    );
    const configName = given.deploymentConfigName ?? group.configName;
    authorizeParts(context, given, configName);
    routingOf(configName);
    const description = checkedDescription(given.description ?? undefined);
    if (!given.revision) {
      throw new AwsError("RevisionRequiredException", "The revision was not specified.");
    }
    const revision = readRevision(given.revision);
    const { id } = context.codeDeploy.deploy(group, {
      creator: "user",
      configName,
      description,
      revision,
      shift: readAppSpec(revision),
      alarms: alarmsOf(given.overrideAlarmConfiguration),
      rollback: rollbackOf(given.autoRollbackConfiguration),
    });
    return { deploymentId: id };
  },
  BatchGetDeployments: (input, context) => {
    const { deploymentIds } = parse(deploymentsInput, input);
    requireBatch(deploymentIds, maxBatch);
    const found = deploymentIds.map((id) => authorized(context, "BatchGetDeployments", id));
    return { deploymentsInfo: found.map((each) => infoOf(each, context)) };
  },
  BatchGetDeploymentTargets: (input, context) => {
    const { deploymentId, targetIds } = parse(targetsInput, input);
    requireBatch(targetIds ?? [], maxBatch);
    const deployment = authorized(context, "BatchGetDeploymentTargets", deploymentId);
    const ids = targetIds ?? [targetIdOf(deployment)];
    return { deploymentTargets: ids.map((id) => targetOf(deployment, id, context)) };
  },
  GetDeployment: (input, context) => {
    const deployment = authorized(context, "GetDeployment", parse(byIdInput, input).deploymentId);
    return { deploymentInfo: infoOf(deployment, context) };
  },
  GetDeploymentTarget: (input, context) => {
    const { deploymentId, targetId } = parse(targetInput, input);
    const deployment = authorized(context, "GetDeploymentTarget", deploymentId);
    const id = required("targetId", targetId);
    return { deploymentTarget: targetOf(deployment, id, context) };
  },
  ListDeployments: (input, context) => {
    const given = parse(listInput, input);
    refuseParameters(input, ["externalId"], "ListDeployments of CodeDeploy");
    const { includeOnlyStatuses: wanted, createTimeRange } = given;
    const start = (createTimeRange?.start ?? 0) * 1000;
    const end = (createTimeRange?.end ?? Infinity) * 1000;
    const all = listed(context, given.applicationName, given.deploymentGroupName)
      .filter(({ status }) => wanted?.includes(status) ?? true)
      .filter(({ createdAt }) => createdAt >= start && createdAt <= end);
    const found = page(all, given.nextToken);
    return { deployments: found.items.map(({ id }) => id), nextToken: found.nextToken };
  },
  ListDeploymentTargets: (input, context) => {
    const { deploymentId } = parse(byIdInput, input);
    return { targetIds: [targetIdOf(authorized(context, "ListDeploymentTargets", deploymentId))] };
  },
  StopDeployment: (input, context) => {
    const { deploymentId, autoRollbackEnabled } = parse(stopInput, input);
    const deployment = authorized(context, "StopDeployment", deploymentId);
    context.codeDeploy.stopDeployment(deployment, autoRollbackEnabled ?? undefined);
    return { status: "Succeeded", statusMessage: "The deployment is stopped." };
  },
};

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/auth-and-access-control-permissions-reference.html */
function authorizeParts(
  context: OperationContext,
  {
    applicationName,
    deploymentGroupName,
    overrideAlarmConfiguration,
  }: z.output<typeof createInput>,
  configName: string,
): void {
  const { account, caller } = context;
  const configArn = regionalArn(account, "codedeploy", `deploymentconfig:${configName}`);
  caller.require("codedeploy:GetDeploymentConfig", configArn);
  requireOnApplication(context, "RegisterApplicationRevision", applicationName ?? "");
  if (overrideAlarmConfiguration) {
    authorizedGroup(context, "UpdateDeploymentGroup", applicationName, deploymentGroupName);
  }
}

function checkedDescription(description: string | undefined): string | undefined {
  if (description !== undefined && description.length > maxDescription) {
    throw new AwsError(
      "DescriptionTooLongException",
      `The description has ${description.length} characters, and may have ${maxDescription}`,
    );
  }
  return description;
}

/** A deployment that the caller may do this with; who may with none is not told what there is. */
function authorized(
  { account, caller, codeDeploy }: OperationContext,
  action: string,
  given: string | null | undefined,
): Deployment {
  const id = required("deploymentId", given);
  const found = codeDeploy.deployments.find(id);
  const group = found && codeDeploy.groups.find(found.groupId);
  const arn = groupArn(account, group?.application ?? "*", group?.name ?? "*");
  caller.require(`codedeploy:${action}`, arn);
  if (!/^d-[A-Z0-9]+$/.test(id)) {
    throw new AwsError("InvalidDeploymentIdException", `The deployment id ${id} is not valid`);
  }
  if (!found) {
    throw new AwsError(
      "DeploymentDoesNotExistException",
      `The deployment ${id} could not be found`,
    );
  }
  return found;
}

/** Of one group, or of all, which asks for more. */
function listed(
  context: OperationContext,
  application: string | null | undefined,
  groupName: string | null | undefined,
): Deployment[] {
  const { account, caller, codeDeploy } = context;
  const all = codeDeploy.deployments.all();
  if (application || groupName) {
    const group = authorizedGroup(context, "ListDeployments", application, groupName);
    return all.filter((each) => each.groupId === group.id);
  }
  caller.require("codedeploy:ListDeployments", groupArn(account, "*", "*"));
  return all;
}

function infoOf(deployment: Deployment, { codeDeploy }: OperationContext): Structure {
  const previous = codeDeploy.deployments
    .all()
    .find(
      ({ groupId, status, createdAt }) =>
        groupId === deployment.groupId &&
        status === "Succeeded" &&
        createdAt < deployment.createdAt,
    );
  return deploymentInfo(deployment, codeDeploy.groups, previous);
}

/** @throws AwsError `DeploymentTargetDoesNotExistException`. */
function targetOf(deployment: Deployment, id: string, { account }: OperationContext): Structure {
  if (id !== targetIdOf(deployment)) {
    throw new AwsError(
      "DeploymentTargetDoesNotExistException",
      `The deployment ${deployment.id} has no target ${id}`,
    );
  }
  return deploymentTarget(deployment, account);
}
