import { variableProperties } from "../data/environments";
import { parseJson } from "./json-text";
import { at, entriesOf } from "./values";
import { parseYaml } from "./yaml-text";

/** A variable in clear. */
export interface Variable {
  name: string;
  value: string;
}

/**
 * The known variables of a property, however it holds them: as a map, as a list of names and values,
 * or in such anywhere in a document, which may be JSON text or a buildspec in YAML.
 */
export function variablesOf(property: string, value: unknown): Variable[] {
  if (typeof value === "string") {
    const content =
      parseJson(value) ?? (value.includes("variables") ? parseYaml(value) : undefined);
    return content === undefined ? [] : variablesOf(property, content);
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => variableOf(item) ?? variablesOf("", item));
  }
  return entriesOf(value).flatMap(([name, item]) =>
    variableProperties.has(property) && typeof item === "string"
      ? // As CodePipeline has the variables of a build.
        [{ name, value: item }, ...variablesOf("", parseJson(item))]
      : variablesOf(name, item),
  );
}

/** Of a list; `undefined` for an item that is no variable. */
function variableOf(item: unknown): Variable[] | undefined {
  // State machines name all in capitals.
  const name = at(item, "name") ?? at(item, "Name");
  const value = at(item, "value") ?? at(item, "Value") ?? at(item, "defaultValue");
  if (typeof name !== "string" || typeof value !== "string") {
    return undefined;
  }
  // CodeBuild's other types hold the name of a secret or parameter.
  const type = at(item, "type") ?? at(item, "Type");
  return type === undefined || type === "PLAINTEXT" ? [{ name, value }] : [];
}
