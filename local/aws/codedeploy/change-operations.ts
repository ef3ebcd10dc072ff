import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Operation } from "../api/rpc-api";
import { notEmulated } from "../not-emulated";
import { parseStrictInput } from "../parse-input";
import { tagsIn } from "../tag-list";
import type { GroupDefinition } from "./definition";
import {
  authorizedGroup,
  type OperationContext,
  required,
  requireOnApplication,
} from "./operation-context";
import { groupArn } from "./service-session";
import { alarmInput, alarmsOf, rollbackInput, rollbackOf } from "./settings-input";

const name = z.string().nullish();
const tagList = z.array(z.strictObject({ Key: z.string(), Value: z.string().default("") }));

const createApplicationInput = z.strictObject({
  applicationName: name,
  computePlatform: z.enum(["Server", "Lambda", "ECS"]).default("Server"),
  tags: tagList.nullish(),
});
const updateApplicationInput = z.strictObject({ applicationName: name, newApplicationName: name });
const applicationInput = z.strictObject({ applicationName: name });
const groupInput = z.strictObject({ applicationName: name, deploymentGroupName: name });

const settings = {
  deploymentConfigName: name,
  serviceRoleArn: name,
  deploymentStyle: z
    .strictObject({ deploymentType: z.string().nullish(), deploymentOption: z.string().nullish() })
    .nullish(),
  alarmConfiguration: alarmInput.nullish(),
  autoRollbackConfiguration: rollbackInput.nullish(),
  /** Of servers, and of no meaning here. */
  outdatedInstancesStrategy: z.enum(["UPDATE", "IGNORE"]).nullish(),
};
const createGroupInput = z.strictObject({
  ...groupInput.shape,
  ...settings,
  tags: tagList.nullish(),
});
const updateGroupInput = z.strictObject({
  ...settings,
  applicationName: name,
  currentDeploymentGroupName: name,
  newDeploymentGroupName: name,
});

type Settings = Pick<z.output<typeof createGroupInput>, keyof typeof settings>;

/** What is taken where nothing is said: CodeDeploy's defaults, which are of servers. */
const defaults = {
  configName: "CodeDeployDefault.OneAtATime",
  deploymentType: "IN_PLACE",
  deploymentOption: "WITHOUT_TRAFFIC_CONTROL",
  alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: [] },
  rollback: { enabled: false, events: [] },
};

/**
 * What makes and changes applications and groups. One that is made here is there again at the next start; a program's
 * is, as the program says.
 */
export const changeOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  CreateApplication: (input, context) => {
    const { applicationName, computePlatform, tags } = parse(createApplicationInput, input);
    const given = required("applicationName", applicationName);
    requireOnApplication(context, "CreateApplication", given);
    if (computePlatform !== "Lambda") {
      throw notEmulated(`the compute platform ${computePlatform} of CodeDeploy`);
    }
    const application = { id: randomUUID(), name: given, tags: tagsIn(tags ?? []) };
    context.codeDeploy.groups.putApplication(application, true);
    return { applicationId: application.id };
  },
  UpdateApplication: (input, context) => {
    const { applicationName, newApplicationName } = parse(updateApplicationInput, input);
    const given = required("applicationName", applicationName);
    const renamed = newApplicationName ?? given;
    requireOnApplication(context, "UpdateApplication", given);
    requireOnApplication(context, "UpdateApplication", renamed);
    const { groups } = context.codeDeploy;
    groups.putApplication({ ...groups.application(given), name: renamed });
    return {};
  },
  DeleteApplication: (input, context) => {
    const given = required("applicationName", parse(applicationInput, input).applicationName);
    requireOnApplication(context, "DeleteApplication", given);
    const found = context.codeDeploy.groups.applications().find((each) => each.name === given);
    if (found) {
      context.codeDeploy.deleteApplication(found);
    }
    return {};
  },
  CreateDeploymentGroup: (input, context) => {
    const { account, caller, codeDeploy } = context;
    const given = parse(createGroupInput, input);
    const application = required("applicationName", given.applicationName);
    const group = required("deploymentGroupName", given.deploymentGroupName);
    caller.require("codedeploy:CreateDeploymentGroup", groupArn(account, application, group));
    const roleArn = required("serviceRoleArn", given.serviceRoleArn);
    const identity = { id: randomUUID(), application, name: group, roleArn };
    const definition = { ...defaults, ...identity, tags: tagsIn(given.tags ?? []) };
    codeDeploy.putGroup(changed(definition, given), true);
    return { deploymentGroupId: definition.id };
  },
  UpdateDeploymentGroup: (input, context) => {
    const given = parse(updateGroupInput, input);
    const { applicationName, currentDeploymentGroupName: current } = given;
    const group = authorizedGroup(context, "UpdateDeploymentGroup", applicationName, current);
    const renamed = given.newDeploymentGroupName ?? group.name;
    const { account, caller, codeDeploy } = context;
    const arn = groupArn(account, group.application, renamed);
    caller.require("codedeploy:UpdateDeploymentGroup", arn);
    codeDeploy.putGroup(changed({ ...group, name: renamed }, given));
    return { hooksNotCleanedUp: [] };
  },
  DeleteDeploymentGroup: (input, { account, caller, codeDeploy }) => {
    const { applicationName, deploymentGroupName } = parse(groupInput, input);
    const application = required("applicationName", applicationName);
    const group = required("deploymentGroupName", deploymentGroupName);
    caller.require("codedeploy:DeleteDeploymentGroup", groupArn(account, application, group));
    const found = codeDeploy.groups.of(application).find((each) => each.name === group);
    if (found) {
      codeDeploy.deleteGroup(found.id);
    }
    return { hooksNotCleanedUp: [] };
  },
};

/** A group with what is given, and as it was in everything else. */
function changed(group: GroupDefinition, given: Settings): GroupDefinition {
  const { deploymentStyle: style } = given;
  return {
    ...group,
    roleArn: given.serviceRoleArn ?? group.roleArn,
    configName: given.deploymentConfigName ?? group.configName,
    deploymentType: style?.deploymentType ?? group.deploymentType,
    deploymentOption: style?.deploymentOption ?? group.deploymentOption,
    alarms: alarmsOf(given.alarmConfiguration) ?? group.alarms,
    rollback: rollbackOf(given.autoRollbackConfiguration) ?? group.rollback,
  };
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseStrictInput(schema, input, "CodeDeploy", "InvalidInputException");
}
