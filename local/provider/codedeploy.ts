import type { CodeDeploy } from "../aws/codedeploy/codedeploy";
import { checkApplication, checkGroup } from "../aws/codedeploy/check-definition";
import type {
  ApplicationDefinition,
  GroupDefinition,
  RollbackEvent,
} from "../aws/codedeploy/definition";
import { applicationArn, groupArn } from "../aws/codedeploy/service-session";
import type { Account } from "../aws/types";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid } from "./stable-uuid";

interface ApplicationInputs {
  computePlatform?: string;
  tags?: Record<string, string>;
}

interface GroupInputs {
  alarmConfiguration?: { alarms?: string[]; enabled?: boolean; ignorePollAlarmFailure?: boolean };
  appName: string;
  autoRollbackConfiguration?: { enabled?: boolean; events?: RollbackEvent[] };
  deploymentConfigName?: string;
  deploymentGroupName: string;
  deploymentStyle?: { deploymentOption?: string; deploymentType?: string };
  outdatedInstancesStrategy?: string;
  serviceRoleArn: string;
  tags?: Record<string, string>;
}

/** Inputs of groups of servers and containers, and of those that tell of deployments. */
const groupInputsNotEmulated = [
  "autoscalingGroups",
  "blueGreenDeploymentConfig",
  "ec2TagFilters",
  "ec2TagSets",
  "ecsService",
  "loadBalancerInfo",
  "onPremisesInstanceTagFilters",
  "terminationHookEnabled",
  "triggerConfigurations",
];

/** What the provider takes where nothing is given: a platform and a config of servers. */
const serverPlatform = "Server";
const serverConfig = "CodeDeployDefault.OneAtATime";

/** The resource types of CodeDeploy, for functions. */
export function codedeployResources(codedeploy: CodeDeploy, account: Account): ResourceTypes {
  return {
    "aws:codedeploy/application:Application": (request) =>
      planApplication(codedeploy, account, request),
    "aws:codedeploy/deploymentGroup:DeploymentGroup": (request) =>
      planGroup(codedeploy, account, request),
  };
}

function planApplication(
  codedeploy: CodeDeploy,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const { computePlatform = serverPlatform, tags = {} } = request.inputs as ApplicationInputs;
  if (computePlatform !== "Lambda") {
    throw new NotEmulated(request, `CodeDeploy's compute platform ${computePlatform}`);
  }
  const name = request.physicalName();
  const definition: ApplicationDefinition = { id: stableUuid(request), name, tags };
  checkApplication(definition);
  return {
    id: `${definition.id}:${name}`,
    outputs: {
      ...request.inputs,
      applicationId: definition.id,
      arn: applicationArn(account, name),
      computePlatform,
      githubAccountName: "",
      linkedToGithub: false,
      name,
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      codedeploy.groups.putApplication(definition);
    },
    remove: () => {
      codedeploy.deleteApplication(definition);
    },
  };
}

function planGroup(
  codedeploy: CodeDeploy,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  refuseInputs(request, groupInputsNotEmulated);
  const inputs = request.inputs as unknown as GroupInputs;
  const definition = groupOf(stableUuid(request), inputs);
  checkGroup(definition);
  return {
    id: definition.id,
    outputs: {
      ...inputs,
      arn: groupArn(account, definition.application, definition.name),
      computePlatform: "Lambda",
      deploymentConfigName: definition.configName,
      deploymentGroupId: definition.id,
      outdatedInstancesStrategy: inputs.outdatedInstancesStrategy ?? "UPDATE",
      region: account.region,
      tagsAll: inputs.tags ?? {},
      terminationHookEnabled: false,
    },
    create: () => {
      codedeploy.putGroup(definition);
    },
    restore: () => {
      codedeploy.groups.putGroup(definition);
    },
    remove: () => {
      codedeploy.deleteGroup(definition.id);
    },
  };
}

function groupOf(id: string, inputs: GroupInputs): GroupDefinition {
  const { alarmConfiguration: alarms = {}, autoRollbackConfiguration: rollback = {} } = inputs;
  const { deploymentOption = "WITHOUT_TRAFFIC_CONTROL", deploymentType = "IN_PLACE" } =
    inputs.deploymentStyle ?? {};
  return {
    id,
    name: inputs.deploymentGroupName,
    application: inputs.appName,
    roleArn: inputs.serviceRoleArn,
    configName: inputs.deploymentConfigName ?? serverConfig,
    deploymentType,
    deploymentOption,
    alarms: {
      enabled: alarms.enabled ?? false,
      ignorePollAlarmFailure: alarms.ignorePollAlarmFailure ?? false,
      alarms: alarms.alarms ?? [],
    },
    rollback: { enabled: rollback.enabled ?? false, events: rollback.events ?? [] },
    tags: inputs.tags,
  };
}
