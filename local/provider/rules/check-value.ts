import type { Rule } from "./rule";

type Check<R extends Rule> = (rule: R, value: number | string, path: string) => string | undefined;

const checks: { [K in Rule["kind"]]: Check<Extract<Rule, { kind: K }>> } = {
  oneOf: ({ values }, value, path) =>
    values.includes(value)
      ? undefined
      : `expected ${path} to be one of [${values.map((each) => JSON.stringify(each)).join(" ")}], got ${shown(value)}`,
  between: ({ min, max }, value, path) =>
    Number(value) >= min && Number(value) <= max
      ? undefined
      : `expected ${path} to be in the range (${min} - ${max}), got ${value}`,
  atLeast: ({ min }, value, path) =>
    Number(value) >= min ? undefined : `expected ${path} to be at least (${min}), got ${value}`,
  atMost: ({ max }, value, path) =>
    Number(value) <= max ? undefined : `expected ${path} to be at most (${max}), got ${value}`,
  divisibleBy: ({ divisor }, value, path) =>
    Number(value) % divisor === 0
      ? undefined
      : `expected ${path} to be divisible by ${divisor}, got ${value}`,
  length: brokenLength,
  matches: ({ pattern, what }, value, path) =>
    pattern.test(String(value)) ? undefined : mustBe(what, value, path),
  excludes: ({ pattern, what }, value, path) =>
    pattern.test(String(value)) ? mustBe(what, value, path) : undefined,
  arn: (_, value, path) => brokenArn(String(value), path),
  json: (rule, value, path) => brokenJson(rule, String(value), path),
  timestamp: (_, value, path) =>
    isTimestamp(String(value))
      ? undefined
      : `expected ${path} to be a time in the format of RFC 3339, got ${shown(value)}`,
  either: ({ rules }, value, path) => {
    const broken = rules.map((each) => brokenRule(each, value, path));
    return broken.includes(undefined) ? undefined : broken.join(", or ");
  },
};

/**
 * What is wrong with a value by one rule, in the words of the provider; undefined if nothing is.
 *
 * @param path of the argument, in Pulumi's names.
 */
export function brokenRule(rule: Rule, value: number | string, path: string): string | undefined {
  const check = checks[rule.kind] as Check<Rule>;
  return check(rule, value, path);
}

function mustBe(what: string, value: number | string, path: string): string {
  return `invalid value for ${path} (must ${what}), got ${shown(value)}`;
}

/** A value for a message: long ones are cut. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}

function brokenLength(
  { min, max }: Extract<Rule, { kind: "length" }>,
  value: number | string,
  path: string,
): string | undefined {
  // The provider counts bytes, too.
  const count = Buffer.byteLength(String(value));
  if (count >= min && count <= max) {
    return undefined;
  }
  return max === Infinity
    ? `${path} must not be empty, got ${shown(value)}`
    : `expected length of ${path} to be in the range (${min} - ${max}), got ${shown(value)}`;
}

/** What is wrong with each part of an ARN; see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html. */
function brokenArn(value: string, path: string): string | undefined {
  if (value === "") {
    return undefined;
  }
  const reason = arnProblem(value);
  return reason === undefined
    ? undefined
    : `"${path}" (${shown(value)}) is an invalid ARN: ${reason}`;
}

function arnProblem(value: string): string | undefined {
  const [prefix, partition = "", , region = "", account = "", ...resource] = value.split(":");
  if (prefix !== "arn") {
    return "it does not begin with arn:";
  }
  if (resource.length === 0) {
    return "it has not enough parts, which are arn:partition:service:region:account:resource";
  }
  if (!/^aws(-[a-z]+)*$/.test(partition)) {
    return `${shown(partition)} is no partition`;
  }
  if (region !== "" && !/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region)) {
    return `${shown(region)} is no region`;
  }
  if (
    account !== "" &&
    !/^(aws|aws-managed|third-party|aws-marketplace|\d{12}|cw.{10})$/.test(account)
  ) {
    return `${shown(account)} is no account id of 12 digits`;
  }
  return resource.join(":") === "" ? "it names no resource" : undefined;
}

function brokenJson(
  { isRequired }: Extract<Rule, { kind: "json" }>,
  value: string,
  path: string,
): string | undefined {
  if (value === "") {
    return isRequired ? `"${path}" is an empty string, which is not a valid JSON value` : undefined;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    return `"${path}" contains an invalid JSON: ${(error as SyntaxError).message}`;
  }
  const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  return isRequired && !isObject
    ? `"${path}" contains an invalid JSON policy: it is no JSON object, got ${shown(value)}`
    : undefined;
}

function isTimestamp(value: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}
