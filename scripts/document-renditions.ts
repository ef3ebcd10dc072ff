/** Writes the table of operations in `docs/renditions.md` anew. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseNoOptions } from "../local/cli/no-options";
import { runCommand } from "../local/cli/run-command";
import { interruptedExitCode } from "../local/cli/shutdown";
import { betweenMarks, type Marks } from "./between-marks";
import { formatted } from "./formatted";
import { operationTexts, steps } from "../handlers/renditions/operation-texts";
import {
  type Argument,
  type OperationEntry,
  operationTable,
} from "../handlers/renditions/operations";

const file = path.join(__dirname, "../docs/renditions.md");
const marks: Marks = [
  "<!-- operations: written by npm run docs:renditions -->",
  "<!-- end of operations -->",
];

/** `docs/renditions.md` with the operations as their table has them. */
export async function documentRenditions(): Promise<string> {
  const text = readFileSync(file, "utf8");
  return formatted(betweenMarks(text, marks, operations(), "docs/renditions.md"), file);
}

function operations(): string {
  const order = steps.filter((step) => operationTable.some(({ name }) => stepOf(name) === step));
  return [
    "| operation | takes | default | step | does |",
    "| --- | --- | --- | --- | --- |",
    ...operationTable.map(row),
    "",
    `Steps are taken in this order: ${["orient", ...order].join(", ")}.`,
  ].join("\n");
}

function stepOf(name: OperationEntry["name"]): string {
  return operationTexts[name].step;
}

function row(entry: OperationEntry): string {
  const { description, example } = operationTexts[entry.name];
  const cells = [
    `\`${entry.name}\``,
    entry.forms.filter(isWhole).map(formText).join(" or "),
    defaultOf(entry),
    stepOf(entry.name),
    `${description} \`${example}\``,
  ];
  return `| ${cells.join(" | ")} |`;
}

function defaultOf({ forms, default: value }: OperationEntry): string {
  const isFlag = forms[0]?.[0]?.type === "flag";
  return isFlag ? "`false`" : value === undefined ? "" : `\`${value}\``;
}

/** Whether a form is not merely the beginning of another. */
function isWhole(
  form: readonly Argument[],
  _index: number,
  forms: OperationEntry["forms"],
): boolean {
  const begins = (other: readonly Argument[]) =>
    other.length > form.length && form.every((argument, index) => argument === other[index]);
  return !forms.some(begins);
}

function formText(form: readonly Argument[]): string {
  return form.map(argumentText).join(", ");
}

function argumentText(argument: Argument): string {
  const name = argument.name === undefined ? "" : `${argument.name}: `;
  switch (argument.type) {
    case "whole":
    case "decimal":
      return `${name}${argument.min}–${argument.max}`;
    case "choice":
      return name + argument.choices.map((choice) => `\`${choice}\``).join(" ");
    case "flag":
      return "`true` `false`";
    case "colour":
      return "3, 4, 6 or 8 hexadecimal digits";
  }
}

async function main(): Promise<number> {
  const description = "Writes the table of operations in docs/renditions.md anew.";
  parseNoOptions("docs:renditions", description, process.argv.slice(2));
  writeFileSync(file, await documentRenditions());
  return 0;
}

if (require.main === module) {
  void runCommand(main, interruptedExitCode).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
