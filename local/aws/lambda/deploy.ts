import { existsSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { AwsError } from "../aws-error";
import { roleSession } from "../iam/role-session";
import type { Authorizer, Credentials, Principal } from "../iam/types";
import type { ServiceOptions } from "../types";
import { archiveHash } from "./archive-hash";
import { CodeSources } from "./code-sources";
import { environmentVariables } from "./environment-variables";
import type { DeployedFunction } from "./execution-environment";
import { settingsOf, type FunctionDefinition, type FunctionSettings } from "./function-definition";
import { FunctionLog, type LogDestination } from "./function-log";
import { functionArn, latest } from "./function-name";
import { useNativePackagesOfHost } from "./native-packages";
import { PlatformLog } from "./platform-log";
import { SourceFrames } from "./source-frames";
import { ErrorTeller } from "./told-error";
import { unpack } from "./unpack";
import type { FunctionVersion } from "./versions/function-version";

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
  /**
   * The folder that functions' archives are made of: for source maps, and for packages with native
   * code. Default: archives have their own.
   */
  sourceDir?: string;
  /**
   * A folder in which somebody keeps archives, as long as functions may have them, each named
   * `<SHA-256 in hexadecimal>.zip`: these are not written again. Default: nobody does.
   */
  archiveDir?: string;
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

/** What files of this machine are run as, by absolute path, in place of what an archive has of them. */
export type CodeOverlay = ReadonlyMap<string, Uint8Array>;

/** How a function is deployed that is not simply its archive as it is now. */
export interface DeployedAs {
  /** What to run in place of files that the archive is made of. Default: nothing. */
  overlayOf?: ((sources: CodeSources) => Promise<CodeOverlay>) | undefined;
  /** The version that it is. Default: `$LATEST`. */
  published?: FunctionVersion;
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
  { overlayOf, published }: DeployedAs = {},
): Promise<DeployedFunction> {
  const { zip, ...given } = definition;
  const settings = settingsOf(given);
  const { name, roleArn } = settings;
  const { account, credentials, endpoints } = options;
  const arn = functionArn(name, account);
  const version = published?.version ?? latest;
  const session: FunctionSession = { roleArn, sessionName: name, sourceArn: arn };
  requireAssumableRole(session, credentials);
  const principal = roleSession(session, account);
  // Not the name alone: a function that is replaced may still run.
  const taskRoot = await mkdtemp(join(folder, `${name}-`));
  unpack(zip, taskRoot);
  const tmpDir = join(folder, "tmp");
  await mkdir(tmpDir, { recursive: true });
  const codeSha256 = archiveHash(zip, "base64");
  const sources = new CodeSources(definition.sources, options.sourceDir);
  if (overlayOf) {
    await lay(await overlayOf(sources), taskRoot, sources);
  }
  await useNativePackagesOfHost({ taskRoot, sourceDir: options.sourceDir });
  const frames = new SourceFrames({ taskRoot, sources, sourceDir: options.sourceDir });
  return {
    definition: given,
    version,
    settings,
    arn,
    principal,
    taskRoot,
    sources,
    archive: published?.archive ?? (await archiveOf(zip, taskRoot, options.archiveDir)),
    codeSha256,
    deployedAt: published?.deployedAt ?? options.clock(),
    log: functionLog(settings, principal, options),
    frames,
    errors: new ErrorTeller(frames, options.notify),
    platformLog: new PlatformLog(settings, options, version),
    variables: (logStream) =>
      environmentVariables({
        settings,
        version,
        account,
        taskRoot,
        tmpDir,
        logStream,
        credentials: credentials(session),
        endpoints: endpoints(),
      }),
  };
}

async function archiveOf(
  zip: Uint8Array,
  taskRoot: string,
  archiveDir: string | undefined,
): Promise<DeployedFunction["archive"]> {
  const { length: bytes } = zip;
  const kept =
    archiveDir === undefined ? undefined : join(archiveDir, `${archiveHash(zip, "hex")}.zip`);
  if (kept !== undefined && existsSync(kept)) {
    return { file: kept, bytes, isKept: true };
  }
  const file = `${taskRoot}.zip`;
  await writeFile(file, zip);
  return { file, bytes, isKept: false };
}

async function lay(overlay: CodeOverlay, taskRoot: string, sources: CodeSources): Promise<void> {
  for (const [file, content] of overlay) {
    for (const path of sources.pathsOf(file)) {
      await writeFile(join(taskRoot, path), content);
    }
  }
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

function functionLog(
  settings: FunctionSettings,
  principal: Principal,
  options: DeployOptions,
): FunctionLog {
  return new FunctionLog({
    ...options,
    functionName: settings.name,
    group: settings.logGroup,
    principal,
  });
}
