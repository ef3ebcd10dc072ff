import { z } from "zod";
import type { Problem } from "../../handlers/http/errors";
import { nearestName } from "../../handlers/renditions/nearest-name";
import { type FunctionChoices, functionNames } from "../functions/function-names";
import type { GivenConfig } from "./config-problems";
import { list } from "./config-values";

/** Executions at a time that functions are kept, and have at most, by what `functionNames` calls them. */
export type ReservedConcurrency = Readonly<Record<string, number>>;

/** Of one function and its executions: more than any account may have. */
const reservation = /^([a-z]+(?:-[a-z]+)*)=(0|[1-9]\d{0,5})$/;

/** The key of the stack's config that keeps executions for functions. */
export const concurrencyShape = {
  reservedConcurrency: list(
    z.string().regex(reservation),
    "a list of texts such as render-image=20, each a function's name and the executions at a time, from 0, " +
      `that it is kept and has at most: ${functionNames().join(", ")}`,
  ),
};

const keys = z.object(concurrencyShape);

/**
 * What is kept for functions, or what is wrong with a list whose texts are each well formed.
 *
 * @param choices which functions there are.
 */
export function readConcurrency(
  given: GivenConfig,
  choices: FunctionChoices,
): { settings: ReservedConcurrency; problems: readonly Problem[] } {
  const entries = (keys.safeParse(given).data?.reservedConcurrency ?? []).map(toEntry);
  const names = entries.map(([name]) => name);
  return {
    settings: Object.fromEntries(entries),
    problems: names
      .flatMap((name, index) => problemOf(name, names.slice(0, index), choices) ?? [])
      .map((problem) => ({ field: "reservedConcurrency", problem })),
  };
}

function toEntry(text: string): [name: string, executions: number] {
  const [, name = "", executions] = reservation.exec(text) ?? [];
  return [name, Number(executions)];
}

function problemOf(
  name: string,
  before: readonly string[],
  choices: FunctionChoices,
): string | undefined {
  if (before.includes(name)) {
    return `has ${name} twice`;
  }
  const there = functionNames(choices);
  if (there.includes(name)) {
    return undefined;
  }
  if (functionNames().includes(name)) {
    const isOfUsers = !functionNames({ hasUsers: false }).includes(name);
    return `has ${name}, which there is only with ${isOfUsers ? "an oidcIssuer" : "publishEvents"}`;
  }
  const nearest = nearestName(name, there);
  return `has ${name}, which is no function of the stack${nearest === undefined ? "" : ` (did you mean ${nearest}?)`}`;
}
