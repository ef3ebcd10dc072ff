import type { Structure } from "../api/output";
import { regionalArn } from "../arn";
import type { Account } from "../types";
import { accountThrottle } from "./pipeline/apply-limits";
import { accountViews } from "./account-views";
import { notFound } from "./errors";
import type { MethodSettings, RestApi, Stage } from "./state";
import type { ApiKey, UsagePlan } from "./usage-plans";
import { resourceViews } from "./resource-views";
import { apiNamed, list, view, type View } from "./view";

/** APIs, keys and plans are made and changed by the program alone. */
export const viewRoutes: Readonly<Record<string, View>> = {
  ...accountViews,
  "GET /restapis": list("GetRestApis", ({ apis }) => [...apis.values()].map(apiOf)),
  "GET /restapis/{api}": view("GetRestApi", ({ path }, { apis }) => apiOf(apiNamed(apis, path))),
  ...resourceViews,
  // As at AWS, all of them at once.
  "GET /restapis/{api}/stages": view("GetStages", ({ path, query }, { account, apis }) => {
    const deployment = query.get("deploymentId");
    const stages = [...apiNamed(apis, path).stages.values()].filter(
      (stage) => deployment === null || stage.deployment.id === deployment,
    );
    return { item: stages.map((stage) => stageOf(account, stage)) };
  }),
  "GET /restapis/{api}/stages/{stage}": view("GetStage", ({ path }, { account, apis }) => {
    const stage = apiNamed(apis, path).stages.get(path.stage ?? "");
    if (!stage) {
      throw notFound("Invalid stage identifier specified");
    }
    return stageOf(account, stage);
  }),
  "GET /restapis/{api}/deployments": list("GetDeployments", ({ apis }, { path }) =>
    [...apiNamed(apis, path).deployments.keys()].map((id) => ({ id })),
  ),
  "GET /restapis/{api}/deployments/{deployment}": view("GetDeployment", ({ path }, { apis }) => {
    const { deployment: id = "" } = path;
    if (!apiNamed(apis, path).deployments.has(id)) {
      throw notFound("Invalid Deployment identifier specified");
    }
    return { id };
  }),
  "GET /usageplans": list("GetUsagePlans", ({ plans }, { query }) => {
    const keyId = query.get("keyId");
    return plans
      .all()
      .filter(({ keys }) => keyId === null || keys.has(keyId))
      .map(planOf);
  }),
  "GET /usageplans/{plan}": view("GetUsagePlan", ({ path }, { plans }) => {
    const plan = plans.all().find(({ id }) => id === path.plan);
    if (!plan) {
      throw notFound("Invalid Usage Plan ID specified");
    }
    return planOf(plan);
  }),
  "GET /apikeys": list("GetApiKeys", ({ plans }, { query }) =>
    plans
      .keys()
      .filter(({ name }) => name.startsWith(query.get("name") ?? ""))
      .map((key) => keyOf(key, plans.all(), query.get("includeValues") === "true")),
  ),
  "GET /apikeys/{key}": view("GetApiKey", ({ path, query }, { plans }) => {
    const key = plans.keys().find(({ id }) => id === path.key);
    if (!key) {
      throw notFound("Invalid API Key identifier specified");
    }
    return keyOf(key, plans.all(), query.get("includeValue") === "true");
  }),
};

function apiOf({ id, name, rootResourceId, createdAt, definition }: RestApi): Structure {
  const { apiKeySource, binaryMediaTypes, minimumCompressionSize } = definition;
  return {
    id,
    name,
    createdDate: createdAt,
    apiKeySource,
    binaryMediaTypes: binaryMediaTypes.length > 0 ? binaryMediaTypes : undefined,
    minimumCompressionSize,
    disableExecuteApiEndpoint: false,
    rootResourceId,
  };
}

function stageOf(account: Account, stage: Stage): Structure {
  const { name, deployment, variables, accessLog, tracingEnabled, methodSettings } = stage;
  return {
    stageName: name,
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

function planOf({
  id,
  name,
  apiStages = [],
  quotaSettings,
  throttleSettings,
}: UsagePlan): Structure {
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
  };
}

function keyOf(
  { id, name, value, enabled }: ApiKey,
  plans: readonly UsagePlan[],
  withValue: boolean,
): Structure {
  const stages = plans
    .filter(({ keys }) => keys.has(id))
    .flatMap(({ apiStages = [] }) => apiStages.map(({ apiId, stage }) => `${apiId}/${stage}`));
  return { id, name, enabled, value: withValue ? value : undefined, stageKeys: stages };
}
