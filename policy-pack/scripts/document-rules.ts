import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Policy } from "@pulumi/policy";
import { referenceText } from "../lib/reference";
import { policies } from "../policies";

const readmeFile = path.join(__dirname, "../README.md");
const start = "<!-- rules: written by npm run document -->";
const end = "<!-- end of rules -->";

/** The README with its table of rules as the policies describe themselves. */
export function documentRules(): string {
  const readme = readFileSync(readmeFile, "utf8");
  const before = readme.slice(0, readme.indexOf(start));
  const after = readme.slice(readme.indexOf(end));
  return `${before}${start}\n\n${topics().map(section).join("\n\n")}\n\n${after}`;
}

function topics(): string[] {
  return [...new Set(policies.map(topicOf))].sort();
}

function topicOf({ tags = [] }: Policy): string {
  return tags[0] ?? "";
}

function section(topic: string): string {
  const rows = policies.filter((policy) => topicOf(policy) === topic).map(row);
  return [
    `### ${topic}`,
    "",
    "| policy | requires | level | severity | references | settings |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function row(policy: Policy): string {
  const { name, description, enforcementLevel = "", severity = "", url = "" } = policy;
  const cells = [
    `[${name}](${url})`,
    description,
    enforcementLevel,
    severity,
    referencesOf(policy),
    settingsOf(policy),
  ];
  return `| ${cells.join(" | ")} |`;
}

function referencesOf({ framework, tags = [] }: Policy): string {
  return [...(framework ? [referenceText(framework)] : []), ...tags.slice(1)].join(", ");
}

function settingsOf({ configSchema }: Policy): string {
  return Object.entries(configSchema?.properties ?? {})
    .map(([name, { description = "", default: value }]) => {
      const shown = Array.isArray(value) && value.length > 6 ? "see its file" : code(value);
      return `\`${name}\`: ${description} Default: ${shown}`;
    })
    .join("<br>");
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

if (require.main === module) {
  writeFileSync(readmeFile, documentRules());
}
