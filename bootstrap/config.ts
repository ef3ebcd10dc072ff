import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { configProblems, configRefusal, givenConfig } from "../components/config/config-problems";
import { areDifferent, flag, integer, list } from "../components/config/config-values";

/** Part of a repository's name, with the id that GitHub adds to it in newer repositories. */
const part = String.raw`[A-Za-z0-9][A-Za-z0-9._-]{0,99}`;
const repository = new RegExp(`^${part}/${part}$|^${part}@\\d{1,20}/${part}@\\d{1,20}$`);

/** Stacks are called as environments are; a dot would be that of a file of the state. */
const environmentName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;

const maxDays = 36_500;

const settings = z.object({
  repository: z
    .string()
    .regex(repository)
    .describe(
      "a repository such as acme/darkroom, or acme@123/darkroom@456 where GitHub puts ids into sub: " +
        "gh api repos/acme/darkroom/actions/oidc/customization/sub tells which",
    ),
  environments: list(
    z.string().regex(environmentName),
    "a list of 1 to 10 different names of 1 to 32 letters, digits, hyphens and underscores",
    (names) => names.length > 0 && names.length <= 10 && areDifferent(names),
  ),
  branch: z
    .string()
    .regex(/^(?!.*(\.\.|\/\/|@\{))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}(?<![./])$/)
    .describe("the name of a branch"),
  githubProviderArn: z
    .string()
    .regex(/^(arn:[a-z-]+:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com)?$/)
    .describe(
      "empty, or arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com with your account",
    ),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/)
    .describe("2 to 30 lowercase letters, digits and hyphens, from a letter to a letter or digit"),
  project: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/)
    .describe("the name of a Pulumi project"),
  environment: z
    .string()
    .regex(/^[\p{L}\p{N}_.:/=+@-]([\p{L}\p{Z}\p{N}_.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?$/u)
    .describe("1 to 256 letters, digits, inner spaces and any of _ . : / = + - @"),
  stateBucket: flag(),
  stateLockDays: integer(0, maxDays),
  stateVersionDays: integer(1, maxDays, "no fewer than stateLockDays"),
});

/** The config of an account, by the keys that `Pulumi.yaml` declares and describes. */
export type BootstrapConfig = z.output<typeof settings>;

/** The keys of the config, in the order in which problems are listed. */
export const configKeys = Object.keys(settings.shape) as (keyof BootstrapConfig)[];

/** Keys that `Pulumi.yaml` can only leave empty. */
const requiredKeys: ReadonlySet<string> = new Set(["repository"]);

/**
 * Reads the config.
 *
 * @throws RunError that lists every problem: key, value given, values accepted, and how to set what is not.
 */
export function readBootstrapConfig(config = new pulumi.Config()): BootstrapConfig {
  const given = givenConfig(config, configKeys);
  const { data, error } = settings.safeParse(given);
  const joint = data ? versionProblems(data) : [];
  if (data && joint.length === 0) {
    return data;
  }
  const rules = { schema: settings, requiredKeys, stack: pulumi.getStack() };
  throw configRefusal(config, configProblems(rules, given, error, joint));
}

function versionProblems({ stateVersionDays, stateLockDays }: BootstrapConfig) {
  return stateVersionDays < stateLockDays
    ? [{ field: "stateVersionDays", problem: `is "${stateVersionDays}"` }]
    : [];
}
