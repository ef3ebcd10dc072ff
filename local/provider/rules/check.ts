import { isObject } from "../../is-object";
import { nearest } from "../../nearest";
import { brokenRelations } from "./check-relations";
import { brokenRule, shown } from "./check-value";
import { isGiven, isUnknown } from "./given";
import type { Argument, Arguments, Given, Relation, Rule, TypeRules } from "./rule";

/**
 * What the provider would refuse of a resource's inputs, each problem a sentence with the path of
 * the argument, its value and what is accepted. A value that is not known yet passes, its neighbours
 * are judged.
 */
export function checkInputs({ arguments: known, relations }: TypeRules, inputs: Given): string[] {
  return blockProblems(known, relations, inputs, "");
}

function blockProblems(
  known: Arguments,
  relations: readonly Relation[],
  given: Given,
  prefix: string,
): string[] {
  return [
    ...unknownArguments(known, given, prefix),
    ...Object.entries(known).flatMap(([name, argument]) =>
      isGiven(given[name])
        ? argumentProblems(argument, given[name], prefix + name)
        : missing(argument, prefix + name),
    ),
    ...relations.flatMap((relation) => brokenRelations(relation, given, prefix)),
  ];
}

function unknownArguments(known: Arguments, given: Given, prefix: string): string[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(known, name) && isGiven(given[name]))
    .map((name) => {
      const similar = nearest(name, Object.keys(known));
      const hint = similar === undefined ? "" : `; did you mean "${similar}"?`;
      return `unknown argument "${prefix}${name}": there is none of that name${hint}`;
    });
}

function missing({ required = false }: Argument, path: string): string[] {
  return required ? [`missing required argument "${path}"`] : [];
}

function argumentProblems(argument: Argument, value: unknown, path: string): string[] {
  if (isUnknown(value)) {
    return [];
  }
  switch (argument.type) {
    case "any":
      return [];
    case "computed":
      return [`"${path}" can not be given: AWS decides its value, got ${shown(value)}`];
    case "block":
    case "map":
      return isObject(value)
        ? objectProblems(argument, value, path)
        : wrongType("an object", value, path);
    case "list":
      return Array.isArray(value)
        ? listProblems(argument, value, path)
        : wrongType("a list", value, path);
    case "text":
      return textProblems(argument.rules, value, path);
    case "integer":
    case "decimal":
      return numberProblems(argument, value, path);
    case "flag":
      return [true, false, "true", "false"].includes(value as boolean | string)
        ? []
        : wrongType("true or false", value, path);
  }
}

function objectProblems(
  argument: Extract<Argument, { type: "block" | "map" }>,
  value: Given,
  path: string,
): string[] {
  return argument.type === "map"
    ? mapProblems(argument, value, path)
    : blockProblems(argument.arguments, argument.relations, value, `${path}.`);
}

function listProblems(
  { of, min, max }: Extract<Argument, { type: "list" }>,
  value: readonly unknown[],
  path: string,
): string[] {
  const count = value.length;
  return [
    ...(count < min ? [`"${path}" needs ${min} items at least, but has ${count}`] : []),
    ...(count > max ? [`"${path}" takes ${max} items at most, but has ${count}`] : []),
    ...value.flatMap((item, index) => argumentProblems(of, item, `${path}[${index}]`)),
  ];
}

function mapProblems(
  { of, keys }: Extract<Argument, { type: "map" }>,
  value: Given,
  path: string,
): string[] {
  return Object.entries(value).flatMap(([key, item]) => {
    const itemPath = `${path}[${JSON.stringify(key)}]`;
    return [
      ...broken(keys, key, `a key of ${path}`),
      ...(isGiven(item) ? argumentProblems(of, item, itemPath) : []),
    ];
  });
}

function textProblems(rules: readonly Rule[], value: unknown, path: string): string[] {
  if (typeof value === "object") {
    // The SDK takes documents as objects, too.
    const takesObjects = rules.some(({ kind }) => kind === "json");
    return takesObjects ? [] : wrongType("text", value, path);
  }
  return broken(rules, asText(value), path);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function numberProblems(
  { type, rules }: Extract<Argument, { rules: readonly Rule[] }>,
  value: unknown,
  path: string,
): string[] {
  // As the provider does, which turns text into numbers.
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) {
    return wrongType("a number", value, path);
  }
  if (type === "integer" && !Number.isInteger(number)) {
    return [`expected ${path} to be a whole number, got ${number}`];
  }
  return broken(rules, number, path);
}

function broken(rules: readonly Rule[], value: number | string, path: string): string[] {
  return rules.flatMap((rule) => brokenRule(rule, value, path) ?? []);
}

function wrongType(expected: string, value: unknown, path: string): string[] {
  return [`expected ${path} to be ${expected}, got ${shown(value)}`];
}
