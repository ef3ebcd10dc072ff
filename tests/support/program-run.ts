import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { type MockedRun, runMocked } from "./pulumi";

/** What the program gives as outputs. */
export type ProgramOutputs = Record<string, pulumi.Output<string>>;

/** What production's file leaves to whoever deploys it, and what makes the most resources. */
export const ownConfig = {
  alertEmail: "alerts@example.com",
  oidcIssuer: "https://id.example.com",
  oidcAudience: '["darkroom"]',
};

/** The config of a stack as Pulumi passes it to the program. */
export function configOf(stack: string): Record<string, string> {
  const { config: declared } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
    config: Record<string, { default?: unknown; value?: unknown }>;
  };
  const { config: own } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
    config: Record<string, unknown>;
  };
  const defaults = Object.entries(declared)
    .filter(([, { default: value }]) => value !== undefined)
    .map(([key, { default: value }]) => [`darkroom:${key}`, value]);
  const all = { ...(Object.fromEntries(defaults) as Record<string, unknown>), ...own };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/**
 * Runs the whole program under mocks, from the beginning each time.
 *
 * @param options values of the config by key, in place of the stack's.
 */
export async function runProgram(
  stack: string,
  options: Record<string, string> = {},
): Promise<{ run: MockedRun; result: ProgramOutputs }> {
  const own = Object.entries(options).map(([key, value]) => [`darkroom:${key}`, value] as const);
  const load = createRequire(__filename);
  const program = load.resolve("../../index.ts");
  // What is imported is kept for good.
  Reflect.deleteProperty(load.cache, program);
  return await runMocked(() => Promise.resolve(load(program) as ProgramOutputs), {
    config: { ...configOf(stack), ...Object.fromEntries(own) },
    stack,
  });
}
