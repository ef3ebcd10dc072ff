import { notEmulated } from "../not-emulated";
import { badRequest, conflict, notFound } from "./errors";
import {
  type AccessLogTarget,
  type MethodSettings,
  normalizeMethodPath,
  type RestApi,
  type Stage,
} from "./state";

/** What CreateStage takes. */
export interface CreateStageRequest {
  restApiId: string;
  deploymentId: string;
  stageName: string;
  accessLogSettings?: { destinationArn: string; format: string };
  /** Default false. */
  xrayTracingEnabled?: boolean;
  variables?: Readonly<Record<string, string>>;
}

/** What UpdateStage takes for the settings of methods. */
export interface UpdateMethodSettingsRequest {
  restApiId: string;
  stageName: string;
  /** `*` + `/*`, or a path and a method such as `images/POST`. */
  methodPath: string;
  settings: MethodSettings;
}

/**
 * Adds a stage to `api`.
 *
 * In AWS, logging also needs a CloudWatch role in the account's settings. The local account counts
 * as having one, since a program may rely on an account where it is set up already.
 */
export function addStage(api: RestApi, request: CreateStageRequest, now: Date): Stage {
  const { stageName } = request;
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) {
    throw badRequest("Stage name only allows a-zA-Z0-9_");
  }
  checkVariables(request.variables ?? {});
  if (api.stages.has(stageName)) {
    throw conflict("Stage already exists");
  }
  const stage = newStage(api, request, now);
  api.stages.set(stageName, stage);
  return stage;
}

/** @throws AwsError `BadRequestException`. */
function checkVariables(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name)) {
      throw badRequest(`Stage variable name must be alphanumeric and underscores only: "${name}"`);
    }
    if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value)) {
      throw badRequest(
        `Stage variable value must match [A-Za-z0-9-._~:/?#&=,]+: "${value}" of ${name}`,
      );
    }
  }
}

/** Puts what `request` says in the place of a stage; the settings of its methods stay. */
export function replaceStage(api: RestApi, request: CreateStageRequest, now: Date): void {
  const stage = api.stages.get(request.stageName);
  if (!stage) {
    throw notFound("Invalid stage identifier specified");
  }
  const { methodSettings, createdAt } = stage;
  const replaced = { ...newStage(api, request, now), methodSettings, createdAt };
  api.stages.set(request.stageName, replaced);
}

function newStage(api: RestApi, request: CreateStageRequest, now: Date): Stage {
  const { deploymentId, stageName, accessLogSettings } = request;
  const deployment = api.deployments.get(deploymentId);
  if (!deployment) {
    throw badRequest("Deployment id does not exist");
  }
  return {
    name: stageName,
    createdAt: now,
    updatedAt: now,
    deployment,
    variables: request.variables ?? {},
    ...(accessLogSettings && { accessLog: accessLogTarget(accessLogSettings) }),
    tracingEnabled: request.xrayTracingEnabled ?? false,
    methodSettings: new Map(),
  };
}

/** Replaces the settings of a stage's methods. */
export function setMethodSettings(
  api: RestApi,
  request: UpdateMethodSettingsRequest,
  now: Date,
): void {
  const { stageName, methodPath, settings } = request;
  const stage = api.stages.get(stageName);
  if (!stage) {
    throw notFound("Invalid stage identifier specified");
  }
  const path = normalizeMethodPath(methodPath);
  if (!/^(?:.+\/)?(?:[A-Z]+|\*)$/.test(path)) {
    throw badRequest(`Invalid method setting path: /${path}`);
  }
  if (!["OFF", "ERROR", "INFO"].includes(settings.loggingLevel ?? "OFF")) {
    throw badRequest("Invalid logging level, must be one of OFF, ERROR, INFO");
  }
  stage.methodSettings.set(path, settings);
  stage.updatedAt = now;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
function accessLogTarget(settings: { destinationArn: string; format: string }): AccessLogTarget {
  const { destinationArn, format } = settings;
  const group = /^arn:[\w-]+:logs:[^:]+:\d{12}:log-group:([^:*]+)(?::\*)?$/.exec(destinationArn);
  if (!group?.[1]) {
    throw notEmulated(`access logs to ${destinationArn}`);
  }
  if (!/\$context\.(?:requestId|extendedRequestId)\b/.test(format)) {
    throw badRequest(
      "Access log format must contain at least $context.requestId or $context.extendedRequestId",
    );
  }
  if (/[\r\n]/.test(format.trimEnd())) {
    throw badRequest(
      "Access Log format must be single line, new line character is allowed only at end of the format",
    );
  }
  return { group: group[1], format };
}
