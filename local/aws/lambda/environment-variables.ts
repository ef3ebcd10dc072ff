import type { Credentials } from "../iam/types";
import type { Account } from "../types";
import type { FunctionSettings } from "./function-definition";

/** What the variables of one execution environment are made from. */
export interface EnvironmentSource {
  settings: FunctionSettings;
  /** `$LATEST`, or a number. */
  version: string;
  account: Account;
  /** The folder that holds the unzipped archive. */
  taskRoot: string;
  /** The folder for temporary files, of all functions. */
  tmpDir: string;
  logStream: string;
  /** Of the function's role. */
  credentials: Credentials;
  /** Such as `{AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1234"}`. */
  endpoints: Readonly<Record<string, string>>;
}

/** All variables of a function's process. Nothing of the host's own environment is in it. */
export function environmentVariables(source: EnvironmentSource): Record<string, string> {
  const { settings, account, taskRoot, tmpDir, credentials } = source;
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    // Without it, the SDK would find the configuration files of the person who runs this.
    HOME: taskRoot,
    // For /tmp, which goes with its environment: what a process that is ended leaves goes with the run.
    TMPDIR: tmpDir,
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
    AWS_LAMBDA_FUNCTION_VERSION: source.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: settings.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: source.logStream,
    ...(settings.logFormat === "JSON" && {
      AWS_LAMBDA_LOG_FORMAT: settings.logFormat,
      AWS_LAMBDA_LOG_LEVEL: settings.applicationLogLevel,
    }),
    LAMBDA_TASK_ROOT: taskRoot,
  };
}
