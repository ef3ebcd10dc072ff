import { isDeepStrictEqual } from "node:util";
import * as z from "zod/mini";
import type { Problem } from "./errors";

/** How a client spells the names that a schema has: as `userId`, or as `user_id`. */
export interface Spelling {
  /** What the client sent, with the names that the schema has. */
  respelled: unknown;
  /** The client's name for what the schema names so. */
  nameOf: (name: string) => string;
  /** Names that were given in both spellings, with two values. */
  problems: Problem[];
}

/** Finds how names are spelled in `value`. Those of the schema may be written with underscores. */
export function spellingOf(schema: z.ZodMiniType, value: unknown): Spelling {
  if (!(schema instanceof z.ZodMiniObject) || !isRecord(value)) {
    return { respelled: value, nameOf: (name) => name, problems: [] };
  }
  const names = Object.keys(schema.shape);
  const camelCase = new Map(names.map((name) => [underscored(name), name]));
  const respelled = Object.entries(value).map(
    ([name, member]) => [camelCase.get(name) ?? name, member] as const,
  );
  const isUnderscored = [...camelCase].some(
    ([name, other]) => name !== other && Object.hasOwn(value, name),
  );
  return {
    respelled: Object.fromEntries(respelled),
    nameOf: (name) =>
      isUnderscored && names.includes(name) && !Object.hasOwn(value, name)
        ? underscored(name)
        : name,
    problems: [...camelCase]
      .filter(([name, other]) => isOtherwise(value, name, other))
      .map(([name, other]) => ({
        field: name,
        problem: `is the same as ${other}, but has another value`,
      })),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOtherwise(value: Record<string, unknown>, name: string, other: string): boolean {
  const isTwice = Object.hasOwn(value, name) && Object.hasOwn(value, other);
  return isTwice && !isDeepStrictEqual(value[name], value[other]);
}

/** `user_id` of `userId`. */
function underscored(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Names as a schema has them, and as clients may write them. */
export function bothSpellings(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [name, underscored(name)]))];
}

/** The members of `fields`, but for those of these names, in either spelling, that are empty. */
export function withoutEmpty<Value>(
  fields: Readonly<Record<string, Value>>,
  names: readonly string[],
): Record<string, Value> {
  const either = bothSpellings(names);
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== "" || !either.includes(name)),
  );
}
