import type { EnforcementLevel, Policy, PolicyPackConfig } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";

const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** Where a stack's config holds levels and settings of policies. */
const namespace = "darkroom-policy";
const key = "config";

/**
 * Reads levels and settings of policies from the stack's config, which the engine hands to the pack:
 * an object under `darkroom-policy:config` that has, by policy or under `all`, an enforcement level
 * or an object with `enforcementLevel` and settings. Settings alone leave a policy's level as it is.
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
  return withLevels(config as PolicyPackConfig, policies);
}

/**
 * The SDK sends settings without a level as those of an advisory policy: the message's default. So each
 * entry gets the level that it would have had without its settings.
 */
function withLevels(config: PolicyPackConfig, policies: readonly Policy[]): PolicyPackConfig {
  const ofAll = levelIn(config.all);
  return Object.fromEntries(
    Object.entries(config).map(([name, entry]) => {
      const own = policies.find((policy) => policy.name === name)?.enforcementLevel;
      const enforcementLevel = levelIn(entry) ?? ofAll ?? own ?? "advisory";
      return [name, typeof entry === "string" ? entry : { ...entry, enforcementLevel }];
    }),
  );
}

function levelIn(entry: PolicyPackConfig[string] | undefined): EnforcementLevel | undefined {
  return typeof entry === "string" ? entry : entry?.enforcementLevel;
}

/** Config in which the pack does not know something; to be read is to be told what. */
class RefusedConfig extends ConfigureAnalyzerRequest {
  readonly #problems: readonly string[];

  constructor(problems: readonly string[]) {
    super();
    this.#problems = problems;
  }

  override getPolicyconfigMap(): never {
    const error = new Error(`it is not accepted:\n${this.#problems.join("\n")}`);
    // The SDK answers with it, and the engine shows it, whole.
    error.stack = error.message;
    throw error;
  }
}

/**
 * Looks through the config that the engine has made of the pack's own and of the file of
 * `--policy-pack-config`, which neither the engine nor the SDK compares with what the pack has.
 *
 * @returns the same, or what the SDK answers with a list of every problem when it reads it.
 */
export function refuseUnknownConfig(
  request: ConfigureAnalyzerRequest,
  policies: readonly Policy[],
): ConfigureAnalyzerRequest {
  const problems = [...request.getPolicyconfigMap().entries()].flatMap(([name, config]) =>
    problemsOf(name, config.getProperties()?.toJavaScript() ?? {}, policies),
  );
  return problems.length > 0 ? new RefusedConfig(problems) : request;
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
