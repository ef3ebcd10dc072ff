import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";

export type ParameterType = "SecureString" | "String" | "StringList";

/** Intelligent tiering makes a parameter one of the others, by what it holds. */
export type ParameterTier = "Advanced" | "Intelligent-Tiering" | "Standard";

/** A parameter as it is asked for. */
export interface ParameterDefinition {
  /** Such as `signing-key` or `/images/signing-key`. */
  name: string;
  type: ParameterType;
  value: string;
  /** @default `Standard` */
  tier?: ParameterTier;
  /** Id, ARN or alias of the key of a SecureString. @default `alias/aws/ssm` */
  keyId?: string;
  /** A regular expression that values have to match. @default any value is taken */
  allowedPattern?: string;
  /** @default "" */
  description?: string;
  tags?: Readonly<Record<string, string>>;
}

/** One version of a parameter. */
export interface ParameterVersion {
  /** Counts from 1. */
  version: number;
  type: ParameterType;
  value: string;
  /** Only of a SecureString. */
  keyId?: string;
  /** What is told of a SecureString to those who do not ask for its decryption. */
  ciphertext?: string;
  /** Milliseconds since 1970. */
  modifiedAt: number;
}

/** A parameter as it is kept. */
export interface ParameterRecord {
  definition: ParameterDefinition;
  /** The latest last. */
  versions: ParameterVersion[];
}

/** The key that AWS makes for SecureStrings without a key of their own. */
export const defaultKeyId = "alias/aws/ssm";

/** https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
const maxValueCharacters = { Standard: 4096, Advanced: 8192 };
const maxPathLevels = 15;

/**
 * Refuses what cannot be the name of a parameter that is asked for.
 *
 * @throws AwsError `ValidationException`.
 */
export function requireName(name: string): void {
  if (!/^(\/?[\w.-]+|(\/[\w.-]+)+)$/.test(name)) {
    throw new AwsError(
      "ValidationException",
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
}

/**
 * Refuses paths under which there cannot be parameters.
 *
 * @throws AwsError `ValidationException`; `NotImplemented` for AWS's own.
 */
export function requirePath(path: string): void {
  if (!/^\/([\w.-]+(\/[\w.-]+)*\/?)?$/.test(path)) {
    throw new AwsError(
      "ValidationException",
      String.raw`The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.`,
    );
  }
  requireOwn(path);
}

/**
 * Refuses what AWS publishes as parameters, or shows of other services as such: nobody here knows of it.
 *
 * @throws AwsError `NotImplemented`.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
 */
export function requireOwn(name: string): void {
  if (/^\/aws(\/|$)/.test(name)) {
    throw notEmulated(`the parameters ${name} of SSM, which are AWS's own`);
  }
}

/** The tier that a parameter is in, whatever tier it is asked for in. */
export function tierOf({ tier = "Standard", value }: ParameterDefinition): "Advanced" | "Standard" {
  if (tier !== "Intelligent-Tiering") {
    return tier;
  }
  return value.length > maxValueCharacters.Standard ? "Advanced" : "Standard";
}

/**
 * Refuses what Parameter Store would refuse of a parameter.
 *
 * @throws AwsError `ValidationException`, `HierarchyLevelLimitExceededException`,
 * `InvalidAllowedPatternException` or `ParameterPatternMismatchException`. None quotes the value.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function checkDefinition(definition: ParameterDefinition): void {
  checkName(definition.name);
  checkValue(definition);
  checkPattern(definition);
}

function checkName(name: string): void {
  if (!/^[\w./-]+$/.test(name) || (name.includes("/") && !name.startsWith("/"))) {
    throw new AwsError(
      "ValidationException",
      `Parameter name ${JSON.stringify(name)}: only a-zA-Z0-9_.- are allowed, and if it is formed as a ` +
        "path, sub-paths divided by slashes, each of a-zA-Z0-9_.-, with a slash in front",
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw new AwsError(
      "ValidationException",
      `Parameter name ${JSON.stringify(name)}: can't be prefixed with "aws" or "ssm" (case-insensitive).`,
    );
  }
  const levels = name.split("/").length - 1;
  if (levels > maxPathLevels) {
    throw new AwsError(
      "HierarchyLevelLimitExceededException",
      `A hierarchy can have a maximum of ${maxPathLevels} levels; ${name} has ${levels}.`,
    );
  }
}

function checkValue(definition: ParameterDefinition): void {
  const { value } = definition;
  const tier = tierOf(definition);
  const max = maxValueCharacters[tier];
  if (value.length === 0) {
    throw new AwsError(
      "ValidationException",
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (value.length > max) {
    const wayOut =
      tier === "Standard" ? " To hold a larger value, use the advanced-parameter tier." : "";
    throw new AwsError(
      "ValidationException",
      `${tier} tier parameters support a maximum parameter value of ${max} characters; this one has ${value.length}.${wayOut}`,
    );
  }
}

function checkPattern({ value, allowedPattern = "" }: ParameterDefinition): void {
  if (allowedPattern === "") {
    return;
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^(?:${allowedPattern})$`);
  } catch (error) {
    throw new AwsError(
      "InvalidAllowedPatternException",
      `The allowed pattern ${allowedPattern} is no regular expression: ${String(error)}`,
    );
  }
  if (!pattern.test(value)) {
    throw new AwsError(
      "ParameterPatternMismatchException",
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
}
