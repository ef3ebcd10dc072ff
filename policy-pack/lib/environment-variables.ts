import { variableProperties } from "../data/environments";
import { parseJson } from "./json-text";
import { at, entriesOf } from "./values";

/** A variable in clear. */
export interface Variable {
  name: string;
  value: string;
}

/**
 * The known variables of a property, however it holds them: as a map, as a list of names and values,
 * or in such anywhere in a document, which may be JSON text.
 */
export function variablesOf(property: string, value: unknown): Variable[] {
  const content = typeof value === "string" ? parseJson(value) : value;
  if (Array.isArray(content)) {
    return content.flatMap((item) => variableOf(item) ?? variablesOf("", item));
  }
  return entriesOf(content).flatMap(([name, item]) =>
    variableProperties.has(property) && typeof item === "string"
      ? [{ name, value: item }]
      : variablesOf(name, item),
  );
}

/** Of a list; `undefined` for an item that is no variable. */
function variableOf(item: unknown): Variable[] | undefined {
  const name = at(item, "name");
  const value = at(item, "value");
  if (typeof name !== "string" || typeof value !== "string") {
    return undefined;
  }
  // CodeBuild's other types hold the name of a secret or parameter.
  const type = at(item, "type");
  return type === undefined || type === "PLAINTEXT" ? [{ name, value }] : [];
}
