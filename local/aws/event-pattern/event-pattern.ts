import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import { InvalidPattern } from "./invalid-pattern";
import { matcherOf, type Dialect, type Matcher } from "./matchers";

/** Whether an event is one of those that a pattern is for. */
export type EventPattern = (event: unknown) => boolean;

/**
 * Reads a pattern of events: of the members that it names, each must have one of the values that it lists.
 * Of a member that is a list, one entry has to. Numbers are compared as numbers, where EventBridge compares
 * how they are written.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 *
 * @param text JSON.
 * @param dialect whose patterns they are.
 * @throws InvalidPattern that says why it is none.
 */
export function parseEventPattern(text: string, dialect: Dialect): EventPattern {
  const pattern = parseJson(text);
  if (!isObject(pattern)) {
    throw new InvalidPattern("Filter is not an object");
  }
  return patternOf(pattern, dialect);
}

function patternOf(pattern: Readonly<Record<string, unknown>>, dialect: Dialect): EventPattern {
  const parts = Object.entries(pattern).map(([name, value]) =>
    name === "$or" ? alternatives(value, dialect) : member(name, value, dialect),
  );
  if (parts.length === 0) {
    throw new InvalidPattern("Empty patterns are not allowed");
  }
  return (event) => parts.every((matches) => matches(event));
}

function alternatives(value: unknown, dialect: Dialect): EventPattern {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    throw new InvalidPattern('"$or" must be an array of at least two patterns');
  }
  const patterns = value.map((pattern) => patternOf(pattern, dialect));
  return (event) => patterns.some((matches) => matches(event));
}

function member(name: string, value: unknown, dialect: Dialect): EventPattern {
  if (Array.isArray(value)) {
    return leaf(name, value, dialect);
  }
  if (!isObject(value)) {
    throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  const inner = patternOf(value, dialect);
  return (event) => {
    const found = isObject(event) ? event[name] : undefined;
    return Array.isArray(found) ? found.some(inner) : inner(found);
  };
}

function leaf(name: string, values: readonly unknown[], dialect: Dialect): EventPattern {
  if (values.length === 0) {
    throw new InvalidPattern(`Empty arrays are not allowed, as of "${name}"`);
  }
  const matchers: Matcher[] = values.map((value) => matcherOf(value, dialect));
  return (event) => {
    const found = isObject(event) ? event[name] : undefined;
    const all: readonly unknown[] = Array.isArray(found) ? found : [found];
    const leaves = all.filter((each) => each !== undefined && !isObject(each));
    return matchers.some((matches) => matches(leaves));
  };
}
