import { z } from "zod";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput as parse } from "../parse-input";
import { tagList } from "../tag-list";
import type { Application, GroupDefinition } from "./definition";
import type { Deployment } from "./deployment";
import { configNames, describedConfig } from "./deployment-config";
import {
  authorizedGroup,
  type OperationContext,
  page,
  paging,
  required,
  requireBatch,
  requireOnApplication,
} from "./operation-context";
import { applicationArn, groupArn } from "./service-session";

const name = z.string().nullish();
const names = z.array(z.string());
/** https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html */
const maxBatch = 100;

const listInput = z.object(paging);
const applicationInput = z.object({ applicationName: name });
const applicationsInput = z.object({ applicationNames: names });
const groupInput = z.object({ applicationName: name, deploymentGroupName: name });
const groupsInput = z.object({ applicationName: name, deploymentGroupNames: names });
const configInput = z.object({ deploymentConfigName: name });
const tagsInput = z.object({ ...paging, ResourceArn: name });

/** What shows applications, groups and configs. */
export const groupOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  BatchGetApplications: (input, context) => {
    const { applicationNames } = parse(applicationsInput, input);
    requireBatch(applicationNames, maxBatch);
    requireOnApplication(context, "BatchGetApplications", "*");
    const { groups } = context.codeDeploy;
    return { applicationsInfo: applicationNames.map((each) => info(groups.application(each))) };
  },
  BatchGetDeploymentGroups: (input, context) => {
    const { applicationName, deploymentGroupNames } = parse(groupsInput, input);
    requireBatch(deploymentGroupNames, maxBatch);
    const found = deploymentGroupNames.map((each) =>
      authorizedGroup(context, "BatchGetDeploymentGroups", applicationName, each),
    );
    return { deploymentGroupsInfo: found.map((group) => groupInfo(group, context)) };
  },
  GetApplication: (input, context) => {
    const given = required("applicationName", parse(applicationInput, input).applicationName);
    requireOnApplication(context, "GetApplication", given);
    return { application: info(context.codeDeploy.groups.application(given)) };
  },
  GetDeploymentConfig: (input, { account, caller }) => {
    const { deploymentConfigName } = parse(configInput, input);
    const given = required("deploymentConfigName", deploymentConfigName);
    const arn = regionalArn(account, "codedeploy", `deploymentconfig:${given}`);
    caller.require("codedeploy:GetDeploymentConfig", arn);
    return { deploymentConfigInfo: describedConfig(given) };
  },
  GetDeploymentGroup: (input, context) => {
    const { applicationName, deploymentGroupName } = parse(groupInput, input);
    const group = authorizedGroup(
      context,
      "GetDeploymentGroup",
      applicationName,
      deploymentGroupName,
    );
    return { deploymentGroupInfo: groupInfo(group, context) };
  },
  ListApplications: (input, context) => {
    const { nextToken } = parse(listInput, input);
    requireOnApplication(context, "ListApplications", "*");
    const all = context.codeDeploy.groups.applications().map((application) => application.name);
    const found = page(all, nextToken);
    return { applications: found.items, nextToken: found.nextToken };
  },
  ListDeploymentConfigs: (input, { account, caller }) => {
    const { nextToken } = parse(listInput, input);
    const arn = regionalArn(account, "codedeploy", "deploymentconfig:*");
    caller.require("codedeploy:ListDeploymentConfigs", arn);
    const found = page(configNames, nextToken);
    return { deploymentConfigsList: found.items, nextToken: found.nextToken };
  },
  ListDeploymentGroups: (input, { account, caller, codeDeploy }) => {
    const { applicationName, nextToken } = parse(applicationInput.extend(paging), input);
    const given = required("applicationName", applicationName);
    caller.require("codedeploy:ListDeploymentGroups", groupArn(account, given, "*"));
    const all = codeDeploy.groups.of(codeDeploy.groups.application(given).name);
    const found = page(all, nextToken);
    return {
      applicationName: given,
      deploymentGroups: found.items.map((group) => group.name),
      nextToken: found.nextToken,
    };
  },
  ListTagsForResource: (input, context) => {
    const arn = required("resourceArn", parse(tagsInput, input).ResourceArn);
    context.caller.require("codedeploy:ListTagsForResource", arn);
    return { Tags: tagList(tagsOf(arn, context)) };
  },
};

function tagsOf(
  arn: string,
  { account, codeDeploy: { groups } }: OperationContext,
): Readonly<Record<string, string>> {
  const all = groups.applications();
  const application = all.find((each) => applicationArn(account, each.name) === arn);
  const group = all
    .flatMap((each) => groups.of(each.name))
    .find((each) => groupArn(account, each.application, each.name) === arn);
  const found = application ?? group;
  if (!found) {
    throw new AwsError("ArnNotSupportedException", `There is nothing with tags of the ARN ${arn}`);
  }
  return found.tags ?? {};
}

function info({ id, name: applicationName, createdAt }: Application): Structure {
  return {
    applicationId: id,
    applicationName,
    computePlatform: "Lambda",
    createTime: new Date(createdAt),
    linkedToGitHub: false,
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html */
function groupInfo(group: GroupDefinition, { codeDeploy }: OperationContext): Structure {
  const { alarms, rollback } = group;
  const own = codeDeploy.deployments.all().filter(({ groupId }) => groupId === group.id);
  const succeeded = own.find(({ status }) => status === "Succeeded");
  return {
    applicationName: group.application,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    deploymentConfigName: group.configName,
    computePlatform: "Lambda",
    serviceRoleArn: group.roleArn,
    deploymentStyle: {
      deploymentType: group.deploymentType,
      deploymentOption: group.deploymentOption,
    },
    alarmConfiguration: shownAlarms(alarms),
    autoRollbackConfiguration: { enabled: rollback.enabled, events: rollback.events },
    triggerConfigurations: [],
    lastAttemptedDeployment: last(own[0]),
    lastSuccessfulDeployment: last(succeeded),
    terminationHookEnabled: false,
  };
}

function shownAlarms({ alarms, ...settings }: GroupDefinition["alarms"]): Structure {
  return { ...settings, alarms: alarms.map((each) => ({ name: each })) };
}

function last(deployment: Deployment | undefined): Structure | undefined {
  return (
    deployment && {
      deploymentId: deployment.id,
      status: deployment.status,
      createTime: new Date(deployment.createdAt),
      endTime: deployment.completedAt === undefined ? undefined : new Date(deployment.completedAt),
    }
  );
}
