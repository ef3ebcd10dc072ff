/** Writes what components take and give in `docs/components.md` anew. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { betweenMarks, type Marks } from "./between-marks";
import { formatted } from "./formatted";
import type { ComponentSchema, PackageSchema, SchemaProperty } from "./package-schema";

const file = path.join(__dirname, "../docs/components.md");
const marks: Marks = [
  "<!-- components: written by npm run docs:components -->",
  "<!-- end of components -->",
];

/** `docs/components.md` with inputs and outputs as the package's schema has them. */
export async function documentComponents(): Promise<string> {
  // All that it needs takes a second to load, which help and errors of the command line can do without.
  const { packageSchema } = await import("./package-schema.js");
  const text = readFileSync(file, "utf8");
  return formatted(
    betweenMarks(text, marks, reference(await packageSchema()), "docs/components.md"),
    file,
  );
}

function reference({ resources, types }: PackageSchema): string {
  return [
    ...byName(resources).map(([token, component]) => section(nameOf(token), component)),
    "### Types",
    ...byName(types).map(
      ([token, { properties, required }]) =>
        `**${nameOf(token)}**\n\n${table(properties, required)}`,
    ),
  ].join("\n\n");
}

function section(name: string, component: ComponentSchema): string {
  const { description = "", inputProperties, requiredInputs, properties } = component;
  return [
    `### ${name}`,
    oneLine(description),
    "Inputs:",
    table(inputProperties, requiredInputs),
    "Outputs:",
    table(properties, Object.keys(properties)),
  ].join("\n\n");
}

function table(properties: Record<string, SchemaProperty>, required: readonly string[]): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const type = `${typeOf(property)}${required.includes(name) ? "" : ", optional"}`;
    return `| \`${name}\` | ${type} | ${oneLine(property.description ?? "")} |`;
  });
  return ["| name | type | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function typeOf({ type, $ref, items, additionalProperties }: SchemaProperty): string {
  if ($ref !== undefined) {
    return nameOf($ref);
  }
  if (items) {
    return `list of ${typeOf(items)}`;
  }
  return additionalProperties ? `map of ${typeOf(additionalProperties)}` : String(type);
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

function byName<Value>(values: Record<string, Value>): [string, Value][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

async function main(): Promise<number> {
  const description = "Writes what components take and give in docs/components.md anew.";
  parseNoOptions("docs:components", description, process.argv.slice(2));
  writeFileSync(file, await documentComponents());
  return 0;
}

if (require.main === module) {
  void runCommand(main, interruptedExitCode).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
