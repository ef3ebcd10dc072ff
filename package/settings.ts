import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { checkStackConfig, type StackConfig } from "../components/config/stack-config";
import { projectFolder } from "./plugin-files";

/** Values by keys of the stack's config, as programs in any language give them. */
type GivenSettings = Readonly<Record<string, unknown>>;

/**
 * Reads arguments that are named, checked and defaulted as the stack's config of the same keys.
 *
 * @param component what they are arguments of, for refusals.
 * @throws RunError that lists every problem: argument, value given, values accepted.
 */
export function readSettings(component: string, given: GivenSettings): StackConfig {
  const values: GivenSettings = { ...readDefaults(), ...standIns, ...definedOf(given) };
  const texts = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, textOf(value)]),
  );
  const { config, problems } = checkStackConfig(texts, {
    stack: pulumi.getStack(),
    environment: {},
  });
  if (!config) {
    const lines = problems.map(({ text }) => `  ${text}`);
    throw new pulumi.RunError(
      `The arguments of ${component} are not accepted:\n${lines.join("\n")}`,
    );
  }
  return config;
}

/** What no component of the package takes, and the stack's config must have. */
const standIns = { alertEmail: "nobody@package.invalid" };

/** A key's declaration in `Pulumi.yaml`. */
interface Declaration {
  default?: unknown;
}

function readDefaults(): GivenSettings {
  const text = readFileSync(join(projectFolder, "Pulumi.yaml"), "utf8");
  const { config } = parse(text) as { config: Record<string, Declaration> };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, value.default]));
}

function definedOf(given: GivenSettings): GivenSettings {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** As Pulumi hands config to programs. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
