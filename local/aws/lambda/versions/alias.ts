import { AwsError } from "../../aws-error";
import { functionNotFound, latest, qualified } from "../function-name";
import { invalidMember } from "../invalid-member";

/** Of which version an alias gets how much, from 0 to 1, beside its own. */
export type VersionWeights = Readonly<Record<string, number>>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export interface AliasDefinition {
  functionName: string;
  /** 1–128 of `A–Z a–z 0–9 - _`, and no number. */
  name: string;
  /** The version that it points to: `$LATEST` or a number. */
  version: string;
  /** Default "". */
  description?: string | undefined;
  /** At most one other version, and its share. Default: none. */
  weights?: VersionWeights | undefined;
}

/** An alias of a function. */
export interface Alias extends Required<AliasDefinition> {
  description: string;
  weights: VersionWeights;
  /** Another one after each change. */
  revisionId: string;
}

/** What is known of the function that an alias is of. */
export interface AliasedFunction {
  arn: string;
  /** Whether it has this version. */
  has: (version: string) => boolean;
}

const weightLimits =
  "[Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]";
const keyLimits =
  "[Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]";

/**
 * Checks what CreateAlias and UpdateAlias are given, as Lambda does.
 *
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`, `ResourceNotFoundException`.
 */
export function checkAlias(
  { name, version, description = "", weights = {} }: AliasDefinition,
  { arn, has }: AliasedFunction,
): void {
  requireAliasName(name);
  if (!/^(\$LATEST(\.PUBLISHED)?|[0-9]{1,1024})$/.test(version)) {
    const pattern =
      "Member must satisfy regular expression pattern: (\\$LATEST(\\.PUBLISHED)?|[0-9]+)";
    throw invalidMember("functionVersion", version, pattern);
  }
  if (description.length > 256) {
    const limit = "Member must have length less than or equal to 256";
    throw invalidMember("description", description, limit);
  }
  checkFormOf(weights);
  const [additional, ...more] = Object.keys(weights);
  if (more.length > 0) {
    throw refused("Number of items in AdditionalVersionWeights cannot be greater than 1");
  }
  requireVersion(version, arn, has);
  if (additional === undefined) {
    return;
  }
  if (version === latest) {
    throw refused("$LATEST is not supported for an alias pointing to more than 1 version");
  }
  if (additional === version) {
    throw refused(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  }
  requireVersion(additional, arn, has);
}

/** @throws AwsError `ValidationException`. */
export function requireAliasName(name: string): void {
  if (name.length > 128) {
    throw invalidMember("name", name, "Member must have length less than or equal to 128");
  }
  if (!/^(?!^[0-9]+$)[a-zA-Z0-9_-]+$/.test(name)) {
    const pattern = "Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)";
    throw invalidMember("name", name, pattern);
  }
}

/**
 * The version that the next invocation of an alias gets.
 *
 * @param random from 0 to below 1.
 */
export function routeOf({ version, weights }: Alias, random: number): string {
  const [[additional, weight] = [version, 0]] = Object.entries(weights);
  return random < weight ? additional : version;
}

function checkFormOf(weights: VersionWeights): void {
  for (const [version, weight] of Object.entries(weights)) {
    const at = "routingConfig.additionalVersionWeights";
    const given = `{${version}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}`;
    if (!/^[0-9]{1,1024}$/.test(version)) {
      throw invalidMember(at, given, `Map keys must satisfy constraint: ${keyLimits}`);
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw invalidMember(at, given, `Map value must satisfy constraint: ${weightLimits}`);
    }
  }
}

function requireVersion(version: string, arn: string, has: AliasedFunction["has"]): void {
  if (!has(version)) {
    throw functionNotFound(qualified(arn, version));
  }
}

function refused(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
