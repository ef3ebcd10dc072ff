import type { Structure } from "../api/output";
import { regionalArn } from "../arn";
import { accountThrottle } from "./pipeline/apply-limits";
import { accountViews } from "./account-views";
import { authorizerViews } from "./authorizer-views";
import { notFound } from "./errors";
import { exportViews } from "./export-views";
import { gatewayResponseViews } from "./gateway-response-views";
import { modelViews } from "./model-views";
import type { Deployment, MethodSettings, RestApi, Stage } from "./state";
import type { ApiKey, UsagePlan } from "./usage-plans";
import { resourceViews } from "./resource-views";
import { tagsAt, tagViews } from "./tag-views";
import { usageViews } from "./usage-views";
import { validatorViews } from "./validator-views";
import { apiNamed, list, planNamed, stageNamed, view, type View, type ViewContext } from "./view";

/** APIs, keys and plans are made and changed by the program alone. */
export const viewRoutes: Readonly<Record<string, View>> = {
  ...accountViews,
  ...authorizerViews,
  "GET /restapis": list("GetRestApis", (context) =>
    [...context.apis.values()].map((api) => apiOf(api, context)),
  ),
  "GET /restapis/{api}": view("GetRestApi", ({ path }, context) =>
    withTags(apiOf(apiNamed(context, path), context)),
  ),
  ...exportViews,
  ...gatewayResponseViews,
  ...modelViews,
  ...resourceViews,
  ...tagViews,
  ...usageViews,
  ...validatorViews,
  // As at AWS, all of them at once.
  "GET /restapis/{api}/stages": view("GetStages", ({ path, query }, context) => {
    const deployment = query.get("deploymentId");
    const api = apiNamed(context, path);
    const stages = [...api.stages.values()].filter(
      (stage) => deployment === null || stage.deployment.id === deployment,
    );
    return { item: stages.map((stage) => stageOf(api, stage, context)) };
  }),
  "GET /restapis/{api}/stages/{stage}": view("GetStage", ({ path }, context) => {
    const api = apiNamed(context, path);
    return stageOf(api, stageNamed(api, path), context);
  }),
  "GET /restapis/{api}/deployments": list("GetDeployments", (context, { path }) =>
    [...apiNamed(context, path).deployments.values()].map(deploymentOf),
  ),
  "GET /restapis/{api}/deployments/{deployment}": view("GetDeployment", ({ path }, context) => {
    const found = apiNamed(context, path).deployments.get(path.deployment ?? "");
    if (!found) {
      throw notFound("Invalid Deployment identifier specified");
    }
    return deploymentOf(found);
  }),
  "GET /usageplans": list("GetUsagePlans", (context, { query }) => {
    const keyId = query.get("keyId");
    return context.plans
      .all()
      .filter(({ keys }) => keyId === null || keys.has(keyId))
      .map((plan) => planOf(plan, context));
  }),
  "GET /usageplans/{plan}": view("GetUsagePlan", ({ path }, context) =>
    withTags(planOf(planNamed(context, path), context)),
  ),
  "GET /apikeys": list("GetApiKeys", (context, { query }) =>
    context.plans
      .keys()
      .filter(({ name }) => name.startsWith(query.get("name") ?? ""))
      .map((key) => keyOf(key, context, query.get("includeValues") === "true")),
  ),
  "GET /apikeys/{key}": view("GetApiKey", ({ path, query }, context) => {
    const key = context.plans.keys().find(({ id }) => id === path.key);
    if (!key) {
      throw notFound("Invalid API Key identifier specified");
    }
    return keyOf(key, context, query.get("includeValue") === "true");
  }),
};

/** What is shown alone has a map of tags, though it is empty. */
function withTags(shown: Structure): Structure {
  return { ...shown, tags: shown.tags ?? new Map<string, string>() };
}

function deploymentOf({ id, createdAt }: Deployment): Structure {
  return { id, createdDate: createdAt };
}

function apiOf(
  { id, name, description, rootResourceId, createdAt, endpoint, definition }: RestApi,
  context: ViewContext,
): Structure {
  const { apiKeySource, binaryMediaTypes, minimumCompressionSize } = definition;
  return {
    id,
    name,
    description,
    createdDate: createdAt,
    endpointConfiguration: {
      types: [endpoint.types],
      ipAddressType: endpoint.ipAddressType ?? "ipv4",
    },
    apiKeySource,
    binaryMediaTypes: binaryMediaTypes.length > 0 ? binaryMediaTypes : undefined,
    minimumCompressionSize,
    disableExecuteApiEndpoint: false,
    rootResourceId,
    tags: tagsAt(context.account, `restapis/${id}`, context),
  };
}

function stageOf({ id }: RestApi, stage: Stage, context: ViewContext): Structure {
  const { account } = context;
  const { name, deployment, variables, accessLog, tracingEnabled, methodSettings } = stage;
  return {
    stageName: name,
    createdDate: stage.createdAt,
    lastUpdatedDate: stage.updatedAt,
    deploymentId: deployment.id,
    variables: Object.keys(variables).length > 0 ? { ...variables } : undefined,
    accessLogSettings: accessLog && {
      format: accessLog.format,
      destinationArn: regionalArn(account, "logs", `log-group:${accessLog.group}`),
    },
    tracingEnabled,
    cacheClusterEnabled: false,
    cacheClusterStatus: "NOT_AVAILABLE",
    methodSettings: new Map(
      [...methodSettings].map(([path, settings]) => [settingsKey(path), settingsOf(settings)]),
    ),
    tags: tagsAt(account, `restapis/${id}/stages/${name}`, context),
  };
}

/** Such as `~1images~1{id}/GET`. */
function settingsKey(methodPath: string): string {
  const end = methodPath.lastIndexOf("/");
  const path = methodPath.slice(0, end);
  return path === "*" ? methodPath : `~1${path.replaceAll("/", "~1")}${methodPath.slice(end)}`;
}

function settingsOf(settings: MethodSettings): Structure {
  return {
    metricsEnabled: settings.metricsEnabled ?? false,
    loggingLevel: settings.loggingLevel ?? "OFF",
    dataTraceEnabled: false,
    throttlingBurstLimit: settings.throttlingBurstLimit ?? accountThrottle.burstLimit,
    throttlingRateLimit: settings.throttlingRateLimit ?? accountThrottle.rateLimit,
    cachingEnabled: false,
    cacheTtlInSeconds: 300,
    cacheDataEncrypted: false,
    requireAuthorizationForCacheControl: true,
    unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
  };
}

function planOf(
  { id, name, apiStages = [], quotaSettings, throttleSettings }: UsagePlan,
  context: ViewContext,
): Structure {
  return {
    id,
    name,
    apiStages: apiStages.map(({ apiId, stage, throttles = [] }) => ({
      apiId,
      stage,
      throttle:
        throttles.length > 0
          ? new Map(throttles.map(({ path, ...limit }) => [path, { ...limit }]))
          : undefined,
    })),
    throttle: throttleSettings && { ...throttleSettings },
    quota: quotaSettings && { ...quotaSettings, offset: quotaSettings.offset ?? 0 },
    tags: tagsAt(context.account, `usageplans/${id}`, context),
  };
}

function keyOf(
  { id, name, value, enabled, createdAt, updatedAt }: ApiKey,
  context: ViewContext,
  withValue: boolean,
): Structure {
  const stages = context.plans
    .all()
    .filter(({ keys }) => keys.has(id))
    .flatMap(({ apiStages = [] }) => apiStages.map(({ apiId, stage }) => `${apiId}/${stage}`));
  return {
    id,
    name,
    enabled,
    createdDate: createdAt,
    lastUpdatedDate: updatedAt,
    value: withValue ? value : undefined,
    stageKeys: stages,
    tags: tagsAt(context.account, `apikeys/${id}`, context),
  };
}
