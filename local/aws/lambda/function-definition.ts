import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { invalidMember } from "./invalid-member";
import { requireValidVariables } from "./own-variables";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export interface FunctionDefinition {
  /** 1–64 of `A–Z a–z 0–9 - _`. */
  name: string;
  /** The archive, as it would be uploaded. */
  zip: Uint8Array;
  /** Such as `index.handler`: the export `handler` of `index.js`, `index.mjs` or `index.cjs`. */
  handler: string;
  /** The runtime of the Node that runs the local cloud, such as `nodejs24.x`. */
  runtime: string;
  roleArn: string;
  /** The function's own variables. Default none. */
  environment?: Readonly<Record<string, string>>;
  /** 1–900. Default 3. */
  timeoutSeconds?: number;
  /** 128–10240. Default 128. */
  memoryMb?: number;
  /** Default `/aws/lambda/<name>`. */
  logGroup?: string;
  /** Default `Text`. */
  logFormat?: "JSON" | "Text";
  /** Least level of the console that is logged in JSON format. Default `INFO`. */
  applicationLogLevel?: string;
  /** Least level of Lambda's own lines in JSON format. Default `INFO`. */
  systemLogLevel?: string;
  /** Told to those who ask. Default "". */
  description?: string;
  /** Told to those who ask: functions run on this machine's. Default `x86_64`. */
  architecture?: string;
  /** Default none. */
  tags?: Readonly<Record<string, string>>;
  /** Default `PassThrough`. */
  tracing?: "Active" | "PassThrough";
  /** Most invocations at a time; the next is throttled. Default: as many as there is room for. */
  reservedConcurrency?: number;
  /**
   * Where the archive's files come from on this machine: absolute paths of files and folders, by path in
   * the archive. Default: nothing is known.
   */
  sources?: ReadonlyMap<string, string>;
  /** Makes the archive again, of what its sources are then. Default: it stays as it is. */
  repack?: () => Promise<Uint8Array>;
}

/** What a definition says of code, and not of how it is run. */
type CodeMembers = "repack" | "sources" | "zip";

/** A definition with its defaults filled in. */
export type FunctionSettings = Required<
  Omit<FunctionDefinition, CodeMembers | "reservedConcurrency">
> &
  Pick<FunctionDefinition, "reservedConcurrency">;

/**
 * Checks a definition as CreateFunction does, and fills in the defaults.
 *
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`.
 */
export function settingsOf(definition: Omit<FunctionDefinition, "zip">): FunctionSettings {
  const settings = withDefaults(definition);
  requirePattern("functionName", settings.name, /^[A-Za-z0-9_-]{1,64}$/);
  requirePattern("handler", settings.handler, /^\S{1,128}$/);
  requireBetween("timeout", settings.timeoutSeconds, 1, 900);
  requireBetween("memorySize", settings.memoryMb, 128, 10_240);
  requireRuntime(settings.runtime);
  requireLevelsOfFormat(definition);
  requireValidVariables(settings.environment);
  return settings;
}

/** A definition with its defaults filled in, as it is. */
export function withDefaults(definition: Omit<FunctionDefinition, "zip">): FunctionSettings {
  return {
    environment: {},
    timeoutSeconds: 3,
    memoryMb: 128,
    logGroup: `/aws/lambda/${definition.name}`,
    logFormat: "Text",
    applicationLogLevel: "INFO",
    systemLogLevel: "INFO",
    tracing: "PassThrough",
    description: "",
    architecture: "x86_64",
    tags: {},
    ...definition,
  };
}

function requirePattern(member: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) {
    throw invalidMember(
      member,
      value,
      `Member must satisfy regular expression pattern: ${pattern.source}`,
    );
  }
}

/** @throws AwsError `ValidationException` unless `value` is an integer from `least` to `most`. */
export function requireBetween(member: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw invalidMember(
      member,
      String(value),
      `Member must be an integer from ${least} to ${most}`,
    );
  }
}

/** Runtimes that no function can be created with any more. */
const retiredRuntimes =
  /^(nodejs(\d\.\d+(-edge)?|1[0246]\.x)?|python(2\.7|3\.[678])|dotnetcore.*|dotnet6|go1\.x|ruby2\..|java8|provided)$/;

/** Another version of Node would behave differently from the deployed function. */
function requireRuntime(runtime: string): void {
  if (retiredRuntimes.test(runtime)) {
    throw new AwsError(
      "InvalidParameterValueException",
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  const available = `nodejs${process.versions.node.split(".")[0] ?? ""}.x`;
  if (runtime !== available) {
    throw notEmulated(
      `the runtime ${runtime}: functions run on the Node that runs the local cloud, ${available}`,
    );
  }
}

/** Lines that are plain text have no level. */
function requireLevelsOfFormat(definition: Omit<FunctionDefinition, CodeMembers>): void {
  const { logFormat = "Text", applicationLogLevel, systemLogLevel } = definition;
  if (logFormat === "Text" && (applicationLogLevel ?? systemLogLevel)) {
    throw new AwsError(
      "InvalidParameterValueException",
      "To set log levels, the log format must be JSON, not Text.",
    );
  }
}
