// A form over the table of operations: what can be given of each, and what the given makes of a query.
import {
  type Argument,
  type OperationEntry,
  type OperationName,
  operationTable,
} from "../../handlers/renditions/operations";
import { operationTexts, type Step, steps } from "../../handlers/renditions/operation-texts";
import { readPairs } from "../../handlers/renditions/read-operations";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import type { FieldProblem } from "./api-failure";

/** What is given of each operation, as a query has it; arguments are joined by `,`. */
export type GivenOperations = Readonly<Partial<Record<OperationName, string>>>;

/** Operations that belong to one step of rendering. */
export interface StepGroup {
  readonly step: Step;
  readonly entries: readonly OperationEntry[];
}

/** The operations by step, in the order of the steps. */
export const stepGroups: readonly StepGroup[] = steps
  .map((step) => ({
    step,
    entries: operationTable.filter(({ name }) => operationTexts[name].step === step),
  }))
  .filter(({ entries }) => entries.length > 0);

/** The ways to give an operation: those of its forms that are not merely the beginning of another. */
export function waysOf({ forms }: OperationEntry): OperationEntry["forms"] {
  const begins = (form: readonly Argument[], other: readonly Argument[]) =>
    other.length > form.length && form.every((argument, index) => argument === other[index]);
  return forms.filter((form) => !forms.some((other) => begins(form, other)));
}

/** The way in which a text gives an operation: the first one, unless it has as many arguments as another. */
export function wayOf(entry: OperationEntry, text: string | undefined): readonly Argument[] {
  const ways = waysOf(entry);
  const count = text === undefined ? 0 : text.split(",").length;
  return ways.find((way) => way.length === count) ?? ways[0] ?? [];
}

/** The text of arguments, of which the last ones may be left out, but where their number tells the way. */
export function joinArguments(parts: readonly string[], isOneOfWays = false): string | undefined {
  if (isOneOfWays && parts.length > 1) {
    return parts.join(",");
  }
  const last = parts.findLastIndex((part) => part !== "");
  return last < 0 ? undefined : parts.slice(0, last + 1).join(",");
}

/** What an argument is given as that has something typed which is no number: browsers do not tell what. */
export const noNumber = "NaN";

/** How problems end that are of it. */
const noNumberGiven = new RegExp(`, not "[^"]*${noNumber}[^"]*"$`);

/** What an argument takes, in few words. */
export function rangeOf(argument: Argument): string {
  switch (argument.type) {
    case "whole":
    case "decimal":
      return `${argument.min}–${argument.max}`;
    case "choice":
      return argument.choices.join(", ");
    case "flag":
      return "on or off";
    case "colour":
      return "3, 4, 6 or 8 hexadecimal digits";
  }
}

/** What is given but for one operation. */
export function without(given: GivenOperations, name: OperationName): GivenOperations {
  return Object.fromEntries(Object.entries(given).filter(([each]) => each !== name));
}

/** The query that asks for what is given, in the order of the table. */
export function queryOf(given: GivenOperations): string {
  const pairs = operationTable.flatMap(({ name }): [string, string][] => {
    const value = given[name];
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return new URLSearchParams(pairs).toString().replaceAll("%2C", ",");
}

/** What a query gives, as that of a preset in the config. */
export function operationsOf(query: string): GivenOperations {
  return Object.fromEntries(new URLSearchParams(query));
}

/** What is wrong with the given, as the API would say it; nothing if it is well. */
export function problemsOf(given: GivenOperations, settings: RenditionSettings): FieldProblem[] {
  const pairs = [...new URLSearchParams(queryOf(given))];
  const reading = readPairs(pairs, settings, "query", []);
  if ("problems" in reading) {
    return reading.problems.map(({ field, problem }) => ({
      field,
      problem: problem.replace(noNumberGiven, ", and what is typed is no number"),
    }));
  }
  return "pixels" in reading
    ? [{ field: "width", problem: `and height make ${reading.pixels} pixels, which is too many` }]
    : [];
}
