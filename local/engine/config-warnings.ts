import type { ConfigDeclaration } from "./config-declaration";
import type { ConfigType } from "./config-type";
import type { Project } from "./project";
import type { StackFile } from "./stack-file";
import type { ChangedText } from "./yaml-changes";
import { Timestamp } from "./yaml-timestamp";

/** A sentence for each text of the file that is not kept as it was probably meant. */
export function changeWarnings(project: Project, { name, changed }: StackFile): string[] {
  return [...changed].flatMap(([key, texts]) => {
    const declaration = project.config.get(key);
    return texts
      .filter((text) => isSurprising(text, innermost(declaration?.type)))
      .map((text) => `${name}: ${describeChange(key, text, declaration)}`);
  });
}

/** A sentence for each key of the file that nothing is given for. */
export function emptyWarnings({ name, empty }: StackFile): string[] {
  return empty.map(
    (key) => `${name}: '${key}' has no value, which counts as an empty text; write "" to say so`,
  );
}

function innermost(type: ConfigType | undefined): string | undefined {
  return type?.items ? innermost(type.items) : type?.name;
}

/** Whoever declares a number or boolean means what is read; but for 0123, which is 83. */
function isSurprising({ written, value }: ChangedText, type: string | undefined): boolean {
  if (type === "integer") {
    return /^[-+]?0\d/.test(written);
  }
  return type === "string" || typeof value !== "boolean";
}

function describeChange(
  key: string,
  { written, value }: ChangedText,
  declaration: ConfigDeclaration | undefined,
): string {
  if (declaration?.secret) {
    return `the value of '${key}' is not kept as it is written; quote it`;
  }
  const kind =
    value instanceof Timestamp ? "date" : typeof value === "boolean" ? "boolean" : "number";
  return (
    `'${key}' has ${written} without quotes, which YAML takes for the ${kind} ${value.toString()}; ` +
    `write "${written}" to keep it as it is`
  );
}
