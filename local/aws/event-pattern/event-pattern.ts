import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import { fieldsOf, fieldsWithin, type FieldsOfPath, type Place } from "./fields";
import { InvalidPattern } from "./invalid-pattern";
import { absence, readValue, reservedNames, type Dialect, type ValueTest } from "./matchers";

/** Whether an event is one of those that a pattern is for. */
export type EventPattern = (event: unknown) => boolean;

/** What a pattern lists for a path of names, joined by dots. */
interface Condition {
  path: string;
  tests: readonly ValueTest[];
  /** Whether it does where an event has no value at the path. */
  mayBeAbsent: boolean;
}

/** Conditions by their paths, all of which an event has to meet. */
type Conditions = ReadonlyMap<string, Condition>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-complex-example-or */
const maxCombinations = 1000;

/**
 * Reads a pattern of events: of the members that it names, each must have one of the values that it lists.
 * Of a member that is a list, one entry has to; of several members in a list of objects, those of one object.
 * A dot in a name stands for a level, in patterns and in events. Numbers are compared as numbers, where
 * EventBridge compares how they are written.
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
  const combinations = readObject(pattern, { dialect, path: [], within: [new Map()] }).map(inOrder);
  const paths = new Set(combinations.flat().map(({ path }) => path));
  return (event) => {
    const fields = fieldsOf(event, paths);
    return combinations.some((conditions) => meets(conditions, fields));
  };
}

/** Where in a pattern a part of it stands. */
interface Position {
  dialect: Dialect;
  path: readonly string[];
  /** What was read before, one for each combination of alternatives. */
  within: readonly Conditions[];
  /** Whether it is one of alternatives, where names of operators are reserved. */
  isAlternative?: boolean;
}

function readObject(
  pattern: Readonly<Record<string, unknown>>,
  { within, ...position }: Position,
): readonly Conditions[] {
  const members = Object.entries(pattern);
  if (members.length === 0) {
    throw new InvalidPattern("Empty objects are not allowed");
  }
  return members.reduce<readonly Conditions[]>(
    (combinations, [name, value]) =>
      name === "$or"
        ? readAlternatives(value, { ...position, within: combinations })
        : readMember(name, value, { ...position, within: combinations }),
    within,
  );
}

function readAlternatives(value: unknown, position: Position): readonly Conditions[] {
  if (!Array.isArray(value)) {
    throw new InvalidPattern("It must be an Array followed with $or.");
  }
  const combinations = value.flatMap((pattern: unknown) => {
    if (!isObject(pattern)) {
      throw new InvalidPattern("Only JSON object is allowed in array of $or relationship.");
    }
    return readObject(pattern, { ...position, isAlternative: true });
  });
  if (value.length < 2) {
    throw new InvalidPattern("There must have at least 2 Objects in $or relationship.");
  }
  if (combinations.length > maxCombinations) {
    throw new InvalidPattern(
      `$or has ${combinations.length} combinations; ${maxCombinations} are allowed`,
    );
  }
  return combinations;
}

function readMember(name: string, value: unknown, position: Position): readonly Conditions[] {
  if (position.isAlternative === true && reservedNames.has(name)) {
    throw new InvalidPattern(
      `${name} is Ruler reserved fieldName which cannot be used inside $or.`,
    );
  }
  const path = [...position.path, name];
  if (isObject(value)) {
    return readObject(value, { ...position, path });
  }
  if (!Array.isArray(value)) {
    throw new InvalidPattern(`"${name}" must be an object or an array`);
  }
  const condition = conditionOf(path.join("."), value, position.dialect);
  // What is said of a path again is in place of what was said before.
  return position.within.map((conditions) => new Map(conditions).set(condition.path, condition));
}

function conditionOf(path: string, values: readonly unknown[], dialect: Dialect): Condition {
  if (values.length === 0) {
    throw new InvalidPattern("Empty arrays are not allowed");
  }
  const tests = values.map((value) => readValue(value, dialect));
  return {
    path,
    tests: tests.filter((test) => test !== absence),
    mayBeAbsent: tests.includes(absence),
  };
}

/**
 * What may be absent is asked last: it counts only in the objects that the others have found. Paths that begin alike
 * stand together, so that few entries of lists have to be kept in mind at a time.
 */
function inOrder(conditions: Conditions): readonly Condition[] {
  return [...conditions.values()].sort(
    (one, other) =>
      Number(one.mayBeAbsent) - Number(other.mayBeAbsent) || (one.path < other.path ? -1 : 1),
  );
}

/** Whether there are entries of an event's lists in which all of the conditions are met. */
function meets(
  conditions: readonly Condition[],
  fields: ReadonlyMap<string, FieldsOfPath>,
): boolean {
  let places: readonly Place[] = [new Map()];
  for (const [at, condition] of conditions.entries()) {
    const found = places.flatMap((place) => placesOf(condition, fields.get(condition.path), place));
    const later = conditions.slice(at + 1).map(({ path }) => fields.get(path)?.lists);
    places = distinct(found, (list) => later.some((lists) => lists?.has(list)));
  }
  return places.length > 0;
}

/** @param place in which entries the conditions before this one were met. */
function placesOf(
  { tests, mayBeAbsent }: Condition,
  fields: FieldsOfPath | undefined,
  place: Place,
): readonly Place[] {
  const found = fields ? fieldsWithin(fields, place) : [];
  if (found.length === 0) {
    return mayBeAbsent ? [place] : [];
  }
  return found.filter(({ value }) => tests.some((test) => test(value))).map((each) => each.place);
}

/** Places that differ in what matters still: otherwise there were as many as all lists have entries multiplied. */
function distinct(places: readonly Place[], matters: (list: number) => boolean): Place[] {
  const kept = places.map((place) => [...place].filter(([list]) => matters(list)));
  return [...new Map(kept.map((entries) => [entries.join(), new Map(entries)])).values()];
}
