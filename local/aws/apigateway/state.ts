import type { ApiDefinition } from "./definition";

/** A REST API. */
export interface RestApi {
  id: string;
  name: string;
  rootResourceId: string;
  createdAt: Date;
  description: string | undefined;
  /** What is told of its endpoint; it makes no difference here. */
  endpoint: { types: string; ipAddressType?: string };
  /** `arn:aws:execute-api:<region>:<account>:<id>`. */
  executionArn: string;
  /** Where it listens, without a stage: `http://127.0.0.1:<port>`. */
  url: string;
  definition: ApiDefinition;
  /** By id. */
  deployments: Map<string, Deployment>;
  /** By name. */
  stages: Map<string, Stage>;
}

/** A snapshot of an API. */
export interface Deployment {
  id: string;
  createdAt: Date;
  definition: ApiDefinition;
}

/** A deployment that is served. */
export interface Stage {
  name: string;
  createdAt: Date;
  updatedAt: Date;
  deployment: Deployment;
  variables: Readonly<Record<string, string>>;
  accessLog?: AccessLogTarget;
  tracingEnabled: boolean;
  /** By `<resource path>/<METHOD>` or the default's `*` + `/*`. */
  methodSettings: Map<string, MethodSettings>;
}

/** Where a stage writes its access log. */
export interface AccessLogTarget {
  /** A log group's name. */
  group: string;
  /** One line with `$context` variables. */
  format: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html */
export interface MethodSettings {
  /** Default `OFF`. */
  loggingLevel?: "OFF" | "ERROR" | "INFO";
  /** Whether metrics are also published per method. Default false. */
  metricsEnabled?: boolean;
  /** Requests a second; -1 for none. */
  throttlingRateLimit?: number;
  /** Requests at once; -1 for none. */
  throttlingBurstLimit?: number;
}

/** The settings of a method: those of its own path over the stage's default ones. */
export function methodSettingsOf(
  stage: Stage,
  method: { resourcePath: string; httpMethod: string } | undefined,
): MethodSettings {
  const own =
    method && stage.methodSettings.get(methodPath(method.resourcePath, method.httpMethod));
  return { ...stage.methodSettings.get("*/*"), ...own };
}

/** The key of method settings and usage plan throttles: `process/POST`. */
export function methodPath(resourcePath: string, httpMethod: string): string {
  return normalizeMethodPath(`${resourcePath}/${httpMethod}`);
}

/** Without the slash that Pulumi programs may put in front. */
export function normalizeMethodPath(path: string): string {
  return path.replace(/^\/+/, "");
}
