import type { Acm } from "../aws/acm/acm";
import { executionArn, rootResourceId, stageArn } from "../aws/apigateway/apigateway";
import type { ApiGateway } from "../aws/apigateway/apigateway";
import type { ApiKeySource } from "../aws/apigateway/definition";
import { importApi } from "../aws/apigateway/openapi/import-api";
import { gatewayArn } from "../aws/apigateway/gateway-arn";
import type { CreateStageRequest } from "../aws/apigateway/stages";
import type { MethodSettings } from "../aws/apigateway/state";
import type { Account } from "../aws/types";
import { lowerCaseAlphanumeric } from "./apigateway-context";
import { planBasePathMapping, planDomainName } from "./apigateway-domains";
import type { Context } from "./apigateway-context";
import { planApiKey, planUsagePlan, planUsagePlanKey } from "./apigateway-usage-plans";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, PlanResource, ResourceRequest, ResourceTypes } from "./resource";

interface RestApiInputs {
  body?: string;
  apiKeySource?: ApiKeySource;
  binaryMediaTypes?: string[];
  minimumCompressionSize?: string;
  description?: string;
  endpointConfiguration?: { types: string; ipAddressType?: string };
  tags?: Record<string, string>;
}

interface StageInputs extends Omit<CreateStageRequest, "restApiId" | "deploymentId"> {
  restApi: string;
  deployment: string;
  tags?: Record<string, string>;
}

interface MethodSettingsInputs {
  restApi: string;
  stageName: string;
  methodPath: string;
  settings: MethodSettings;
}

/** Inputs that would change how requests are served, by resource type. */
const inputsNotEmulated: Readonly<Record<string, readonly string[]>> = {
  "aws:apigateway/restApi:RestApi": ["policy", "parameters", "disableExecuteApiEndpoint"],
  "aws:apigateway/stage:Stage": ["canarySettings", "cacheClusterEnabled", "clientCertificateId"],
};

/** The resource types of API Gateway for REST APIs. */
export function apigatewayResources(
  gateway: ApiGateway,
  account: Account,
  { acm }: { acm: Acm },
): ResourceTypes {
  const context: Context = { gateway, account, keys: new Map() };
  const planners: Record<string, Planner> = {
    "aws:apigateway/restApi:RestApi": planRestApi,
    "aws:apigateway/deployment:Deployment": planDeployment,
    "aws:apigateway/stage:Stage": planStage,
    "aws:apigateway/domainName:DomainName": (own, request) =>
      planDomainName({ ...own, acm }, request),
    "aws:apigateway/basePathMapping:BasePathMapping": planBasePathMapping,
    "aws:apigateway/methodSettings:MethodSettings": planMethodSettings,
    "aws:apigateway/apiKey:ApiKey": planApiKey,
    "aws:apigateway/usagePlan:UsagePlan": planUsagePlan,
    "aws:apigateway/usagePlanKey:UsagePlanKey": planUsagePlanKey,
    "aws:apigateway/account:Account": planAccount,
  };
  return Object.fromEntries(
    Object.entries(planners).map(([type, plan]): [string, PlanResource] => [
      type,
      async (request) => {
        refuseInputs(request, inputsNotEmulated[request.type] ?? []);
        const planned = await plan(context, request);
        const outputs = { ...request.inputs, region: account.region, ...planned.outputs };
        return { ...planned, outputs, ...withTags(gateway, planned) };
      },
    ]),
  );
}

/** What keeps the tags of a resource that can have some along with it. */
function withTags(gateway: ApiGateway, planned: PlannedResource): Partial<PlannedResource> {
  const { outputs, create, update = create, remove } = planned;
  const { arn, tagsAll } = outputs as { arn?: string; tagsAll?: Record<string, string> };
  if (arn === undefined || tagsAll === undefined) {
    return {};
  }
  const tagging = (step: () => Promise<void> | void) => async () => {
    await step();
    gateway.tags.set(arn, tagsAll);
  };
  return {
    create: tagging(create),
    update: tagging(update),
    remove: async () => {
      await remove?.();
      gateway.tags.delete(arn);
    },
  };
}

/** Returns the outputs that are not inputs as well. */
type Planner = (
  context: Context,
  request: ResourceRequest,
) => PlannedResource | Promise<PlannedResource>;

function planRestApi({ gateway, account }: Context, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as RestApiInputs;
  const { body, minimumCompressionSize, endpointConfiguration, tags } = inputs;
  if (body === undefined) {
    throw new NotEmulated(request, "a REST API without a body");
  }
  const id = request.stableId("id", 10, lowerCaseAlphanumeric);
  const name = request.physicalName();
  const imported = importApi(body, id);
  const { apiKeySource = imported.apiKeySource, binaryMediaTypes = imported.binaryMediaTypes } =
    inputs;
  const definition = {
    id,
    name,
    ...(inputs.description !== undefined && { description: inputs.description }),
    ...(endpointConfiguration && { endpoint: endpointConfiguration }),
    // Not the text, which would be read again: that takes tens of milliseconds.
    body: imported,
    apiKeySource,
    binaryMediaTypes,
    ...(minimumCompressionSize && { minimumCompressionSize: Number(minimumCompressionSize) }),
  };
  return {
    id,
    outputs: {
      name,
      arn: gatewayArn(account, `restapis/${id}`),
      executionArn: executionArn(account, id),
      rootResourceId: rootResourceId(id),
      apiKeySource,
      binaryMediaTypes,
      createdDate: new Date().toISOString(),
      description: request.inputs.description ?? "",
      disableExecuteApiEndpoint: false,
      endpointConfiguration: request.inputs.endpointConfiguration ?? { types: "EDGE" },
      minimumCompressionSize: minimumCompressionSize ?? "",
      policy: "",
      securityPolicy: request.inputs.securityPolicy ?? "TLS_1_0",
      tagsAll: tags ?? {},
    },
    create: async () => {
      await gateway.createRestApi(definition);
    },
    update: () => {
      gateway.updateRestApi(definition);
    },
    remove: () => gateway.deleteRestApi(id),
  };
}

function planDeployment({ gateway }: Context, request: ResourceRequest): PlannedResource {
  const id = request.stableId("id", 6, lowerCaseAlphanumeric);
  const { restApi: restApiId } = request.inputs as { restApi: string };
  return {
    id,
    outputs: { createdDate: new Date().toISOString() },
    create: () => {
      gateway.createDeployment({ id, restApiId });
    },
    // What it was a snapshot of cannot change.
    update: () => undefined,
    remove: () => {
      gateway.deleteDeployment(restApiId, id);
    },
  };
}

async function planStage(context: Context, request: ResourceRequest): Promise<PlannedResource> {
  const { gateway, account } = context;
  const { restApi, deployment, tags, ...stage } = request.inputs as unknown as StageInputs;
  return {
    id: `ags-${restApi}-${stage.stageName}`,
    outputs: {
      arn: stageArn(account, restApi, stage.stageName),
      executionArn: `${executionArn(account, restApi)}/${stage.stageName}`,
      invokeUrl: await gateway.invokeUrl(restApi, stage.stageName),
      webAclArn: "",
      tagsAll: tags ?? {},
    },
    create: () => {
      gateway.createStage({ ...stage, restApiId: restApi, deploymentId: deployment });
    },
    update: () => {
      gateway.updateStage({ ...stage, restApiId: restApi, deploymentId: deployment });
    },
    remove: () => {
      gateway.deleteStage(restApi, stage.stageName);
    },
  };
}

function planMethodSettings({ gateway }: Context, request: ResourceRequest): PlannedResource {
  const inputs = request.inputs as unknown as MethodSettingsInputs;
  const { restApi, stageName, methodPath, settings } = inputs;
  return {
    id: `${restApi}-${stageName}-${methodPath}`,
    outputs: {},
    create: () => {
      gateway.updateMethodSettings({ restApiId: restApi, stageName, methodPath, settings });
    },
    remove: () => {
      gateway.deleteMethodSettings({ restApiId: restApi, stageName, methodPath });
    },
  };
}

/** The local account counts as set up, with whatever role: see `addStage`. */
function planAccount({ gateway }: Context, { inputs }: ResourceRequest): PlannedResource {
  const { cloudwatchRoleArn } = inputs as { cloudwatchRoleArn?: string };
  return {
    id: "api-gateway-account",
    outputs: {
      ...gateway.account(),
      throttleSettings: [gateway.account().throttleSettings],
      cloudwatchRoleArn: cloudwatchRoleArn ?? "",
    },
    create: () => {
      gateway.loggingRoleArn = cloudwatchRoleArn;
    },
  };
}
