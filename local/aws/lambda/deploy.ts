import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import type { Authorizer, Credentials, Principal } from "../iam/types";
import type { ServiceOptions } from "../types";
import { environmentVariables } from "./environment-variables";
import type { DeployedFunction } from "./execution-environment";
import { settingsOf, type FunctionDefinition, type FunctionSettings } from "./function-definition";
import { FunctionLog, type LogDestination } from "./function-log";
import { functionArn } from "./function-name";
import { PlatformLog } from "./platform-log";
import { unpack } from "./unpack";

/** What functions need of the services around them. */
export interface DeployOptions extends ServiceOptions {
  authorizer: Authorizer;
  logs: LogDestination;
  /**
   * Opens a session of a role.
   *
   * @throws AwsError when the role's trust policy does not let Lambda assume it.
   */
  credentials: (session: FunctionSession) => Credentials;
  /** Variables that lead the SDK to the local services, such as `AWS_ENDPOINT_URL_S3`. */
  endpoints: () => Readonly<Record<string, string>>;
}

/** The session of its role in which a function runs. */
export interface FunctionSession {
  roleArn: string;
  /** The function's name. */
  sessionName: string;
  /** The function's ARN. */
  sourceArn: string;
}

/**
 * Checks a function's definition and unpacks its archive into a new folder in `folder`.
 *
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`,
 * `RequestEntityTooLargeException`.
 */
export async function deploy(
  definition: FunctionDefinition,
  folder: string,
  options: DeployOptions,
): Promise<DeployedFunction> {
  const { zip, ...given } = definition;
  const settings = settingsOf(given);
  const { name, roleArn } = settings;
  const { account, credentials, endpoints } = options;
  const arn = functionArn(name, account);
  const session: FunctionSession = { roleArn, sessionName: name, sourceArn: arn };
  requireAssumableRole(session, credentials);
  const taskRoot = join(folder, name);
  await mkdir(taskRoot);
  await unpack(zip, taskRoot);
  return {
    settings,
    arn,
    taskRoot,
    log: functionLog(settings, options),
    platformLog: new PlatformLog(settings, options.clock),
    variables: (logStream) =>
      environmentVariables({
        settings,
        account,
        taskRoot,
        logStream,
        credentials: credentials(session),
        endpoints: endpoints(),
      }),
  };
}

function requireAssumableRole(
  session: FunctionSession,
  credentials: DeployOptions["credentials"],
): void {
  try {
    credentials(session);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    throw new AwsError(
      "InvalidParameterValueException",
      `The role defined for the function cannot be assumed by Lambda. ${error.message}`,
    );
  }
}

function functionLog(settings: FunctionSettings, options: DeployOptions): FunctionLog {
  const { partition, accountId } = options.account;
  const roleName = settings.roleArn.split("/").at(-1) ?? "";
  const principal: Principal = {
    kind: "role",
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${settings.name}`,
    roleArn: settings.roleArn,
  };
  return new FunctionLog({
    ...options,
    functionName: settings.name,
    group: settings.logGroup,
    principal,
  });
}
