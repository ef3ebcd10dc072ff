import { AwsError } from "../aws-error";
import type { Credentials } from "../iam/types";
import type { Account } from "../types";
import type { FunctionSettings } from "./function-definition";
import { limits } from "./limits";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

const refusal =
  "Lambda was unable to configure your environment variables because the environment variables you have provided";

/**
 * Checks a function's own variables.
 *
 * @throws AwsError `InvalidParameterValueException`: reserved keys, more than 4 KB;
 * `ValidationException`: a key that Lambda does not take.
 */
export function requireValidVariables(variables: Readonly<Record<string, string>>): void {
  const keys = Object.keys(variables);
  const taken = keys.filter((key) => reserved.has(key));
  if (taken.length > 0) {
    throw new AwsError(
      "InvalidParameterValueException",
      `${refusal} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(", ")}`,
    );
  }
  const malformed = keys.find((key) => !/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key));
  if (malformed !== undefined) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${malformed}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > limits.environmentBytes) {
    throw new AwsError("InvalidParameterValueException", `${refusal} exceeded the 4KB limit.`);
  }
}

/** What the variables of one execution environment are made from. */
export interface EnvironmentSource {
  settings: FunctionSettings;
  account: Account;
  /** The folder that holds the unzipped archive. */
  taskRoot: string;
  logStream: string;
  /** Of the function's role. */
  credentials: Credentials;
  /** Such as `{AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1234"}`. */
  endpoints: Readonly<Record<string, string>>;
}

/** All variables of a function's process. Nothing of the host's own environment is in it. */
export function environmentVariables(source: EnvironmentSource): Record<string, string> {
  const { settings, account, taskRoot, credentials } = source;
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    // Without it, the SDK would find the configuration files of the person who runs this.
    HOME: taskRoot,
    ...source.endpoints,
    ...settings.environment,
    _HANDLER: settings.handler,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: source.logStream,
    AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
    ...(settings.logFormat === "JSON" && { AWS_LAMBDA_LOG_LEVEL: settings.applicationLogLevel }),
    LAMBDA_TASK_ROOT: taskRoot,
  };
}
