import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import type { ErrorObject } from "ajv";
import { isObject } from "../is-object";
import { nearest } from "../nearest";
import type { EnforcementLevel, PackConfig, PolicyConfig, PolicyInfo } from "./policy-types";
import { ConfigurationError } from "./configuration-error";

/** Config of a policy once all sources are reconciled. */
export type ReconciledConfig = Readonly<Record<string, Required<PolicyConfig>>>;

const levels: readonly unknown[] = [
  "advisory",
  "mandatory",
  "remediate",
  "disabled",
] satisfies EnforcementLevel[];

/**
 * Reads the file of `--policy-pack-config`: a JSON object that gives each policy a level, or an object
 * of a level and values.
 *
 * @throws ConfigurationError when it cannot be read or is of another form.
 * @see https://www.pulumi.com/docs/iac/crossguard/configuration/
 */
export async function readPackConfig(file: string): Promise<PackConfig> {
  let config: unknown;
  try {
    const text = await readFile(file, "utf8");
    config = text.trim() === "" ? {} : JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(
      `The policy pack config ${file} cannot be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
  if (!isObject(config)) {
    throw new ConfigurationError(`The policy pack config ${file} must be a JSON object`);
  }
  return Object.fromEntries(
    Object.entries(config).map(([policy, value]) => [policy, policyConfig(file, policy, value)]),
  );
}

function policyConfig(file: string, policy: string, value: unknown): PolicyConfig {
  const given = typeof value === "string" ? { enforcementLevel: value } : value;
  if (!isObject(given)) {
    throw new ConfigurationError(
      `${file}: the config of '${policy}' must be an enforcement level or an object`,
    );
  }
  const { enforcementLevel: level, ...properties } = given;
  if (level !== undefined && !isLevel(level)) {
    throw new ConfigurationError(
      `${file}: ${JSON.stringify(level)} is not a valid enforcement level of '${policy}'; ` +
        `the levels are ${levels.join(", ")}`,
    );
  }
  return { level, properties };
}

/**
 * Each policy's defaults, overridden by the config that the pack brings along, then by what the user
 * gives. In each of the two, what is under `all` comes first.
 *
 * @throws ConfigurationError that names every value that a policy does not accept, and every policy and
 * value that the pack does not have; Pulumi ignores those.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/analyzer/config.go
 */
export function reconcileConfig(
  policies: readonly PolicyInfo[],
  initial: PackConfig,
  given: PackConfig,
): ReconciledConfig {
  const config = Object.fromEntries(
    policies.map((policy) => [policy.name, reconcile(policy, initial, given)]),
  );
  const problems = [
    ...unknownIn(policies, given),
    ...policies.flatMap((policy) => problemsOf(policy, config[policy.name]?.properties)),
  ];
  if (problems.length > 0) {
    throw new ConfigurationError(["invalid policy pack config:", ...problems].join("\n  "));
  }
  return config;
}

/** A sentence for each policy that the pack does not have, and for each value that a policy does not. */
function unknownIn(policies: readonly PolicyInfo[], given: PackConfig): string[] {
  const values = new Map([
    ["all", []],
    ...policies.map(
      ({ name, configSchema }) => [name, Object.keys(configSchema?.properties ?? {})] as const,
    ),
  ]);
  return Object.entries(given).flatMap(([policy, { properties = {} }]) => {
    const own = values.get(policy);
    return own
      ? Object.keys(properties)
          .filter((key) => !own.includes(key))
          .map((key) => `${policy}: it has no value ${key}${hint(key, own)}`)
      : [`${policy}: the policy pack has no such policy${hint(policy, values.keys())}`];
  });
}

function hint(name: string, known: Iterable<string>): string {
  const meant = nearest(name, known);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}

function reconcile(
  { name, level, configSchema }: PolicyInfo,
  ...sources: PackConfig[]
): Required<PolicyConfig> {
  const schemas = Object.entries(configSchema?.properties ?? {});
  const defaults = schemas.flatMap(([key, schema]) =>
    isObject(schema) && "default" in schema ? [[key, schema.default]] : [],
  );
  return {
    level: sources.reduce((last, { all, [name]: own }) => own?.level ?? all?.level ?? last, level),
    properties: Object.assign(
      Object.fromEntries(defaults) as Record<string, unknown>,
      ...sources.map(({ [name]: own }) => own?.properties),
    ) as Record<string, unknown>,
  };
}

// The engine takes schemas as they are; checking the schemas themselves would take most of the time.
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false });

function problemsOf({ name, configSchema }: PolicyInfo, properties: unknown): string[] {
  if (!configSchema) {
    return [];
  }
  const validate = ajv.compile({ type: "object", ...configSchema });
  validate(properties);
  return (validate.errors ?? []).map((error) => `${name}: ${describe(error)}`);
}

function describe({ instancePath, message, params }: ErrorObject): string {
  const { allowedValues } = params as { allowedValues?: readonly unknown[] };
  const accepted = allowedValues ? `: ${allowedValues.map(String).join(", ")}` : "";
  return `${instancePath.slice(1).replaceAll("/", ".")} ${message ?? ""}${accepted}`.trim();
}

function isLevel(value: unknown): value is EnforcementLevel {
  return levels.includes(value);
}
