import { compare, mapPath } from "dynalite/db";

import { areEqual, bytesOf, elementsOf, partsOf, type Value } from "./equal-values";
import type { AttributeMap } from "./operation-input";

/** Where a value is in an item: names of members and places in lists. */
type Path = readonly (string | number)[];

/** The `size` of an attribute. */
interface Size {
  type: "function";
  name: "size";
  args: readonly [Operand];
}

type Operand = Path | Size | Value;

/** A comparison, such as `a < :b`, or a function that tells yes or no. */
export interface Test {
  type: string;
  /** Of a function. */
  name?: string;
  args: readonly Operand[];
}

/** A condition or filter as dynalite has parsed it. */
export type Condition =
  | { type: "and" | "not" | "or"; args: readonly Condition[] }
  | (Test & { type: Exclude<string, "and" | "not" | "or"> });

/** What a test asks of its operands; one that is not there is undefined. */
type Asks = (first: Value | undefined, ...others: (Value | undefined)[]) => boolean;

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 *
 * dynalite's own comparisons take two documents for different ones, empty values for none, and bytes
 * for text.
 */
const tests: ReadonlyMap<string, Asks> = new Map<string, Asks>([
  ["=", areEqual],
  ["<>", (one, other) => !areEqual(one, other)],
  ["<", (one, other) => isOrdered("<", one, other)],
  ["<=", (one, other) => isOrdered("<=", one, other)],
  [">", (one, other) => isOrdered(">", one, other)],
  [">=", (one, other) => isOrdered(">=", one, other)],
  ["between", (one, from, to) => isOrdered(">=", one, from) && isOrdered("<=", one, to)],
  ["in", (one, ...others) => others.some((other) => areEqual(one, other))],
  ["attribute_exists", (one) => one !== undefined],
  ["attribute_not_exists", (one) => one === undefined],
  ["attribute_type", (one, type) => one !== undefined && partsOf(one)[0] === type?.S],
  ["begins_with", beginsWith],
  ["contains", contains],
]);

/** Types whose values have an order. */
export const orderedTypes: readonly string[] = ["S", "N", "B"];

/** Whether a condition holds for an item, or for none. */
export function holds(condition: Condition, item: AttributeMap = {}): boolean {
  if (isJoint(condition, "and")) {
    return condition.args.every((one) => holds(one, item));
  }
  if (isJoint(condition, "or")) {
    return condition.args.some((one) => holds(one, item));
  }
  if (isJoint(condition, "not")) {
    return !condition.args.every((one) => holds(one, item));
  }
  const { type, name, args } = condition as Test;
  const ask = tests.get(type === "function" ? (name ?? "") : type);
  if (ask === undefined) {
    throw new Error(`a condition has ${name ?? type}, which is not known`);
  }
  const [first, ...others] = args.map((operand) => resolved(operand, item));
  return ask(first, ...others);
}

/** The tests that a condition is made of. */
export function testsOf(condition: Condition): Test[] {
  return isJoint(condition, "and") || isJoint(condition, "or") || isJoint(condition, "not")
    ? condition.args.flatMap(testsOf)
    : [condition as Test];
}

/** How many comparisons a condition has, and words that join them; functions do not count. */
export function operatorsIn(condition: Condition): number {
  if (isJoint(condition, "and") || isJoint(condition, "or")) {
    return condition.args.reduce((sum, one) => sum + operatorsIn(one), condition.args.length - 1);
  }
  if (isJoint(condition, "not")) {
    return condition.args.reduce((sum, one) => sum + operatorsIn(one), 1);
  }
  return condition.type === "function" ? 0 : 1;
}

/** Whether an operand is given with the expression, in place of a path or a function. */
export function isLiteral(operand: Operand): operand is Value {
  return !Array.isArray(operand) && !("args" in operand);
}

function isJoint<Type extends "and" | "not" | "or">(
  condition: Condition,
  type: Type,
): condition is { type: Type; args: readonly Condition[] } {
  return condition.type === type;
}

function resolved(operand: Operand, item: AttributeMap): Value | undefined {
  if (isLiteral(operand)) {
    return operand;
  }
  if ("args" in operand) {
    const size = sizeOf(resolved(operand.args[0], item));
    return size === undefined ? undefined : { N: String(size) };
  }
  return mapPath(operand, item) ?? undefined;
}

/** Of text and bytes the length, of documents and sets how many they have; of others there is none. */
function sizeOf(value: Value | undefined): number | undefined {
  const [type = "", content] = partsOf(value);
  switch (type) {
    case "S":
      return String(content).length;
    case "B":
      return bytesOf(content).length;
    case "M":
      return Object.keys(content as object).length;
    case "L":
    case "SS":
    case "NS":
    case "BS":
      return elementsOf(value).length;
    default:
      return undefined;
  }
}

function isOrdered(operator: string, one: Value | undefined, other: Value | undefined): boolean {
  const [type = ""] = partsOf(one);
  return (
    one !== undefined &&
    other !== undefined &&
    orderedTypes.includes(type) &&
    compare(operator, one, [other])
  );
}

function beginsWith(one: Value | undefined, start: Value | undefined): boolean {
  if (typeof one?.S === "string" && typeof start?.S === "string") {
    return one.S.startsWith(start.S);
  }
  if (typeof one?.B === "string" && typeof start?.B === "string") {
    const bytes = bytesOf(start.B);
    return bytesOf(one.B).subarray(0, bytes.length).equals(bytes);
  }
  return false;
}

function contains(one: Value | undefined, part: Value | undefined): boolean {
  if (typeof one?.S === "string" && typeof part?.S === "string") {
    return one.S.includes(part.S);
  }
  if (typeof one?.B === "string" && typeof part?.B === "string") {
    return bytesOf(one.B).includes(bytesOf(part.B));
  }
  return elementsOf(one).some((element) => areEqual(element, part));
}
