import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Problem } from "../../handlers/http/errors";

/** A problem of a config: the key that it is about, and a sentence that begins with that key. */
export interface ConfigProblem {
  key: string;
  text: string;
  /** Whether it is that nothing is given, where something has to be. */
  isMissing: boolean;
  /** A command that sets the key. */
  wayOut: string;
}

/** Values of a config by key, as texts. */
export type GivenConfig = Readonly<Record<string, string | undefined>>;

/** What a config is held to. */
export interface ConfigRules {
  /** By key, in the order in which problems are listed, what its description says is accepted. */
  schema: z.ZodObject<Readonly<Record<string, z.ZodType>>>;
  /** Keys that are left empty where nothing is given: no value suits everybody. */
  requiredKeys: ReadonlySet<string>;
  /** The stack's name. */
  stack: string;
}

/** The values that are given for these keys. */
export function givenConfig(config: pulumi.Config, keys: readonly string[]): GivenConfig {
  return Object.fromEntries(keys.map((key) => [key, config.get(key)]));
}

/**
 * What is wrong with a config, in the order of its keys.
 *
 * @param error what the schema says of it.
 * @param joint what is wrong with values that are each well formed.
 */
export function configProblems(
  rules: ConfigRules,
  given: GivenConfig,
  error: z.ZodError | undefined,
  joint: readonly Problem[],
): ConfigProblem[] {
  const wrong = new Set(error?.issues.map(({ path: [key] }) => key));
  return Object.keys(rules.schema.shape).flatMap((key) => [
    ...(wrong.has(key) ? [refusal(rules, key, describeValue(rules, key, given[key]))] : []),
    ...joint
      .filter(({ field }) => field === key)
      .map(({ problem }) => refusal(rules, key, problem)),
  ]);
}

/** The refusal of a config, which lists every problem: key, value given, values accepted, and how to set what is not. */
export function configRefusal(
  { name }: pulumi.Config,
  problems: readonly ConfigProblem[],
): pulumi.RunError {
  const lines = problems.map(({ text, isMissing, wayOut }) =>
    isMissing ? `  ${name}:${text}; set it: ${wayOut}` : `  ${name}:${text}`,
  );
  return new pulumi.RunError(`The stack's config is not accepted:\n${lines.join("\n")}`);
}

function refusal({ schema, stack }: ConfigRules, key: string, problem: string): ConfigProblem {
  const accepted = schema.shape[key]?.description ?? "";
  return {
    key,
    text: `${key} ${problem}; accepted: ${accepted}`,
    isMissing: problem === notSet,
    wayOut: `pulumi config set --stack ${stack} ${key} <value>`,
  };
}

const notSet = "is not set";

function describeValue(
  { requiredKeys }: ConfigRules,
  key: string,
  value: string | undefined,
): string {
  const isMissing = value === undefined || (value === "" && requiredKeys.has(key));
  return isMissing ? notSet : `is ${JSON.stringify(value)}`;
}
