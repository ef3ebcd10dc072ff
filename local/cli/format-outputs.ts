import type { ProgramResult } from "../engine/run-program";

/** The stack outputs as `pulumi up` prints them: sorted, aligned, secrets hidden. */
export function formatOutputs({
  outputs,
  secretOutputs,
}: Pick<ProgramResult, "outputs" | "secretOutputs">): string[] {
  const names = Object.keys(outputs).sort();
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => {
    const value = secretOutputs.includes(name) ? "[secret]" : formatValue(outputs[name], "    ");
    return `    ${name.padEnd(width)}: ${value}`;
  });
}

function formatValue(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (Array.isArray(value)) {
    const lines = value.map((item, index) => `${inner}[${index}]: ${formatValue(item, inner)}\n`);
    return block("[", lines, indent, "]");
  }
  if (typeof value === "object" && value !== null) {
    const lines = Object.entries(value).map(
      ([name, item]) => `${inner}${name}: ${formatValue(item, inner)}\n`,
    );
    return block("{", lines, indent, "}");
  }
  return JSON.stringify(value);
}

function block(open: string, lines: string[], indent: string, close: string): string {
  return lines.length === 0 ? open + close : `${open}\n${lines.join("")}${indent}${close}`;
}
