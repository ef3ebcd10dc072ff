import type { ApiGateway } from "../aws/apigateway/apigateway";
import type { QuotaSettings } from "../aws/apigateway/quota";
import type { CreateStageRequest } from "../aws/apigateway/stages";
import type { MethodSettings } from "../aws/apigateway/state";
import type { ThrottleLimit } from "../aws/apigateway/token-buckets";
import type { UsagePlanStage } from "../aws/apigateway/usage-plans";
import type { Account } from "../aws/types";
import type { CreateResource, ResourceRequest, ResourceState, ResourceTypes } from "./resource";

interface RestApiInputs {
  body?: string;
  apiKeySource?: string;
  binaryMediaTypes?: string[];
  minimumCompressionSize?: string;
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

interface ApiKeyInputs {
  value?: string;
  enabled?: boolean;
  description?: string;
  tags?: Record<string, string>;
}

interface UsagePlanInputs {
  apiStages?: UsagePlanStage[];
  quotaSettings?: QuotaSettings;
  throttleSettings?: ThrottleLimit;
  tags?: Record<string, string>;
}

interface UsagePlanKeyInputs {
  keyId: string;
  usagePlanId: string;
}

const lowerCaseAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
const alphanumeric = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lowerCaseAlphanumeric}`;

/** Inputs that would change how requests are served, by resource type. */
const inputsNotEmulated: Readonly<Record<string, readonly string[]>> = {
  "aws:apigateway/restApi:RestApi": ["policy", "parameters", "disableExecuteApiEndpoint"],
  "aws:apigateway/stage:Stage": ["canarySettings", "cacheClusterEnabled", "clientCertificateId"],
};

/** The resource types of API Gateway for REST APIs. */
export function apigatewayResources(gateway: ApiGateway, account: Account): ResourceTypes {
  const creators: Record<string, Creator> = {
    "aws:apigateway/restApi:RestApi": createRestApi,
    "aws:apigateway/deployment:Deployment": createDeployment,
    "aws:apigateway/stage:Stage": createStage,
    "aws:apigateway/methodSettings:MethodSettings": createMethodSettings,
    "aws:apigateway/apiKey:ApiKey": createApiKey,
    "aws:apigateway/usagePlan:UsagePlan": createUsagePlan,
    "aws:apigateway/usagePlanKey:UsagePlanKey": createUsagePlanKey,
    "aws:apigateway/account:Account": createAccount,
  };
  return Object.fromEntries(
    Object.entries(creators).map(([type, create]): [string, CreateResource] => [
      type,
      async (request) => {
        refuseNotEmulated(request);
        const { id, outputs, ...rest } = await create(gateway, request, account);
        return {
          id,
          outputs: { ...request.inputs, region: account.region, ...outputs },
          ...rest,
        };
      },
    ]),
  );
}

/** Returns the outputs that are not inputs as well. */
type Creator = (
  gateway: ApiGateway,
  request: ResourceRequest,
  account: Account,
) => ResourceState | Promise<ResourceState>;

async function createRestApi(
  gateway: ApiGateway,
  request: ResourceRequest,
  account: Account,
): Promise<ResourceState> {
  const inputs = request.inputs as RestApiInputs;
  if (inputs.body === undefined) {
    throw new Error(`${request.name}: the local cloud does not emulate a REST API without a body`);
  }
  const { apiKeySource, binaryMediaTypes, minimumCompressionSize, tags } = inputs;
  const name = request.physicalName();
  const api = await gateway.createRestApi({
    id: request.stableId("id", 10, lowerCaseAlphanumeric),
    name,
    body: inputs.body,
    ...(apiKeySource !== undefined && { apiKeySource }),
    ...(binaryMediaTypes && { binaryMediaTypes }),
    ...(minimumCompressionSize && { minimumCompressionSize: Number(minimumCompressionSize) }),
  });
  return {
    id: api.id,
    outputs: {
      name,
      arn: arn(account, `restapis/${api.id}`),
      executionArn: api.executionArn,
      rootResourceId: api.rootResourceId,
      apiKeySource: apiKeySource ?? "HEADER",
      binaryMediaTypes: api.definition.binaryMediaTypes,
      createdDate: new Date().toISOString(),
      description: request.inputs.description ?? "",
      disableExecuteApiEndpoint: false,
      endpointConfiguration: request.inputs.endpointConfiguration ?? { types: "EDGE" },
      minimumCompressionSize: minimumCompressionSize ?? "",
      policy: "",
      securityPolicy: request.inputs.securityPolicy ?? "TLS_1_0",
      tagsAll: tags ?? {},
    },
  };
}

function createDeployment(gateway: ApiGateway, request: ResourceRequest): ResourceState {
  const { id } = gateway.createDeployment({
    id: request.stableId("id", 6, lowerCaseAlphanumeric),
    restApiId: (request.inputs as { restApi: string }).restApi,
  });
  return { id, outputs: { createdDate: new Date().toISOString() } };
}

function createStage(
  gateway: ApiGateway,
  request: ResourceRequest,
  account: Account,
): ResourceState {
  const { restApi, deployment, tags, ...stage } = request.inputs as unknown as StageInputs;
  const { invokeUrl, executionArn } = gateway.createStage({
    ...stage,
    restApiId: restApi,
    deploymentId: deployment,
  });
  return {
    id: `ags-${restApi}-${stage.stageName}`,
    outputs: {
      arn: arn(account, `restapis/${restApi}/stages/${stage.stageName}`),
      executionArn,
      invokeUrl,
      webAclArn: "",
      tagsAll: tags ?? {},
    },
  };
}

function createMethodSettings(gateway: ApiGateway, request: ResourceRequest): ResourceState {
  const inputs = request.inputs as unknown as MethodSettingsInputs;
  const { restApi, stageName, methodPath, settings } = inputs;
  gateway.updateMethodSettings({ restApiId: restApi, stageName, methodPath, settings });
  return { id: `${restApi}-${stageName}-${methodPath}`, outputs: {} };
}

function createApiKey(
  gateway: ApiGateway,
  request: ResourceRequest,
  account: Account,
): ResourceState {
  const inputs = request.inputs as ApiKeyInputs;
  const { id, name, value, enabled } = gateway.createApiKey({
    id: request.stableId("id", 10, lowerCaseAlphanumeric),
    name: request.physicalName(),
    value: inputs.value ?? request.stableId("value", 40, alphanumeric),
    enabled: inputs.enabled ?? true,
  });
  const now = new Date().toISOString();
  return {
    id,
    outputs: {
      name,
      value,
      enabled,
      arn: arn(account, `apikeys/${id}`),
      description: inputs.description ?? "Managed by Pulumi",
      createdDate: now,
      lastUpdatedDate: now,
      tagsAll: inputs.tags ?? {},
    },
    secretOutputs: ["value"],
  };
}

function createUsagePlan(
  gateway: ApiGateway,
  request: ResourceRequest,
  account: Account,
): ResourceState {
  const { apiStages, quotaSettings, throttleSettings, tags } = request.inputs as UsagePlanInputs;
  const { id, name } = gateway.createUsagePlan({
    id: request.stableId("id", 6, lowerCaseAlphanumeric),
    name: request.physicalName(),
    ...(apiStages && { apiStages }),
    ...(quotaSettings && { quotaSettings }),
    ...(throttleSettings && { throttleSettings }),
  });
  return {
    id,
    outputs: { name, arn: arn(account, `usageplans/${id}`), tagsAll: tags ?? {} },
  };
}

function createUsagePlanKey(gateway: ApiGateway, request: ResourceRequest): ResourceState {
  const { keyId, usagePlanId } = request.inputs as unknown as UsagePlanKeyInputs;
  const { id, name, value } = gateway.createUsagePlanKey({ keyId, usagePlanId });
  return { id, outputs: { name, value }, secretOutputs: ["value"] };
}

function createAccount(gateway: ApiGateway, request: ResourceRequest): ResourceState {
  return {
    id: "api-gateway-account",
    outputs: {
      ...gateway.account(),
      throttleSettings: [gateway.account().throttleSettings],
      cloudwatchRoleArn: request.inputs.cloudwatchRoleArn ?? "",
    },
  };
}

function refuseNotEmulated({ type, name, inputs }: ResourceRequest): void {
  const input = inputsNotEmulated[type]?.find((property) => Boolean(inputs[property]));
  if (input !== undefined) {
    throw new Error(`${name}: the local cloud does not emulate ${input}`);
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
function arn({ partition, region }: Account, path: string): string {
  return `arn:${partition}:apigateway:${region}::/${path}`;
}
