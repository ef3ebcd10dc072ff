import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
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

/**
 * The config of a stack as Pulumi passes it to the program.
 *
 * @param folder that of the project.
 */
export function configOf(stack: string, folder = "."): Record<string, string> {
  const { name, config: declared } = parse(
    readFileSync(path.join(folder, "Pulumi.yaml"), "utf8"),
  ) as { name: string; config: Record<string, { default?: unknown; value?: unknown }> };
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  const { config: own } = parse(readFileSync(file, "utf8")) as {
    config: Record<string, unknown>;
  };
  const defaults = Object.entries(declared)
    .filter(([, { default: value }]) => value !== undefined)
    .map(([key, { default: value }]) => [`${name}:${key}`, value]);
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
export function runProgram(
  stack: string,
  options: Record<string, string> = {},
): Promise<{ run: MockedRun; result: ProgramOutputs }> {
  return runProject(".", "darkroom", stack, options);
}

/** Runs the program that prepares an account, as {@link runProgram} does with the other. */
export function runBootstrap(
  options: Record<string, string> = {},
): Promise<{ run: MockedRun; result: ProgramOutputs }> {
  return runProject("bootstrap", "darkroom-bootstrap", "account", options);
}

async function runProject(
  folder: string,
  project: string,
  stack: string,
  options: Record<string, string>,
): Promise<{ run: MockedRun; result: ProgramOutputs }> {
  const own = Object.entries(options).map(([key, value]) => [`${project}:${key}`, value] as const);
  const program = path.resolve(folder, "index.ts");
  // What is imported is run once, whatever becomes of the cache; what is required is run again without it.
  const load = createRequire(__filename);
  Reflect.deleteProperty(load.cache, program);
  return await runMocked(() => load(program) as ProgramOutputs, {
    config: { ...configOf(stack, folder), ...Object.fromEntries(own) },
    stack,
    project,
  });
}
