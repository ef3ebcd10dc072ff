import type { EnforcementLevel, Policy, PolicyPackConfig } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";

const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Where a stack's config holds levels and settings of policies. */
const namespace = "darkroom-policy";
const key = "config";

/**
 * Reads levels and settings of policies from the stack's config, which the engine hands to the pack:
 * an object under `darkroom-policy:config` that has, by policy or under `all`, an enforcement level
 * or an object with `enforcementLevel` and settings.
 *
 * @throws RunError that lists every problem.
 */
export function readPackConfig(policies: readonly Policy[]): PolicyPackConfig {
  const config = new pulumi.Config(namespace).getObject<unknown>(key) ?? {};
  const problems = isObject(config)
    ? Object.entries(config).flatMap(([name, entry]) => problemsOf(name, entry, policies))
    : [`  ${JSON.stringify(config)} is no object; accepted: policies by name`];
  if (problems.length > 0) {
    throw new pulumi.RunError(`${namespace}:${key} is not accepted:\n${problems.join("\n")}`);
  }
  return config as PolicyPackConfig;
}

function problemsOf(name: string, entry: unknown, policies: readonly Policy[]): string[] {
  const policy = policies.find((candidate) => candidate.name === name);
  if (!policy && name !== "all") {
    return [`  ${name} is no policy of this pack; accepted: all, or a name that README.md lists`];
  }
  if (!isObject(entry)) {
    return levelProblems(name, entry);
  }
  const { enforcementLevel, ...settings } = entry;
  const known = Object.keys(policy?.configSchema?.properties ?? {});
  return [
    ...(enforcementLevel === undefined ? [] : levelProblems(name, enforcementLevel)),
    ...Object.keys(settings)
      .filter((setting) => !known.includes(setting))
      .map(
        (setting) => `  ${name}.${setting} is no setting; accepted: ${known.join(", ") || "none"}`,
      ),
  ];
}

function levelProblems(name: string, level: unknown): string[] {
  return levels.some((accepted) => accepted === level)
    ? []
    : [`  ${name} is ${JSON.stringify(level)}; accepted: ${levels.join(", ")}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
