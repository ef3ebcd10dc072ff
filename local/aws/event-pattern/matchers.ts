import { capitalized } from "../../capitalized";
import { isObject } from "../../is-object";
import { cidr } from "./cidr";
import { InvalidPattern } from "./invalid-pattern";
import { numeric } from "./numeric";
import { textOf } from "./text-of";
import { wildcard } from "./wildcard";

/** Whose patterns they are: rules of a bus have operators that filters of event source mappings have not. */
export type Dialect = "bus" | "filter";

/** Whether a value of an event is meant. */
export type ValueTest = (value: unknown) => boolean;

/** What is met where there is no value at all. */
export const absence: ValueTest = () => false;

/** An operator: reads what stands beside it. */
type Operator = (operand: unknown, dialect: Dialect) => ValueTest;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const operators: Readonly<Record<string, Operator>> = {
  "anything-but": anythingBut,
  cidr: busOnly("cidr", cidr),
  "equals-ignore-case": (operand) => equalsIgnoreCase(textOf("equals-ignore-case", operand)),
  numeric,
  prefix: affix("prefix", (value, text) => value.startsWith(text)),
  suffix: affix("suffix", (value, text) => value.endsWith(text)),
  wildcard: busOnly("wildcard", (operand) => wildcard(textOf("wildcard", operand))),
};

const notAffix = "prefix/suffix match pattern must be a string";

/** Operators that may stand within `anything-but`, and what is said there of an operand that is no text. */
const negatable: ReadonlyMap<string, string> = new Map([
  ["prefix", notAffix],
  ["suffix", notAffix],
  [
    "equals-ignore-case",
    "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
  ],
  ["wildcard", "wildcard match pattern must be a string"],
]);

/** Names that no member of an alternative may have: of operators, and what EventBridge keeps free for more of them. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...["exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard"],
  ...["numeric", "cidr", "=", "<", "<=", ">", ">=", "regex"],
  ...["not-wildcard", "not-equals-ignore-case"],
  ...["date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"],
  ...["ip-address-in-range", "ip-address-not-in-range"],
]);

/**
 * Reads one of the values that a pattern lists for a member.
 *
 * @returns {@link absence} for `{"exists": false}`.
 * @throws InvalidPattern
 */
export function readValue(listed: unknown, dialect: Dialect): ValueTest {
  if (Array.isArray(listed)) {
    throw new InvalidPattern("Match value must be String, number, true, false, or null");
  }
  if (!isObject(listed)) {
    return (value) => value === listed;
  }
  const { name, operand } = only(listed, "Match expression name not found");
  return name === "exists" ? exists(operand) : operatorNamed(name)(operand, dialect);
}

function exists(operand: unknown): ValueTest {
  if (typeof operand !== "boolean") {
    throw new InvalidPattern("exists match pattern must be either true or false.");
  }
  return operand ? () => true : absence;
}

/** @param unnamed what is said of an expression without an operator. */
function only(
  expression: Readonly<Record<string, unknown>>,
  unnamed: string,
  tooMany = "Only one key allowed in match expression",
): { name: string; operand: unknown } {
  const [entry, ...others] = Object.entries(expression);
  if (!entry) {
    throw new InvalidPattern(unnamed);
  }
  if (others.length > 0) {
    throw new InvalidPattern(tooMany);
  }
  return { name: entry[0], operand: entry[1] };
}

function operatorNamed(name: string): Operator {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) {
    throw new InvalidPattern(`Unrecognized match type ${name}`);
  }
  return operator;
}

function busOnly(name: string, operator: Operator): Operator {
  return (operand, dialect) => {
    if (dialect !== "bus") {
      throw new InvalidPattern(`Unrecognized match type ${name}`);
    }
    return operator(operand, dialect);
  };
}

function anythingBut(operand: unknown, dialect: Dialect): ValueTest {
  return isObject(operand) ? noneOf(operand, dialect) : otherThan(operand);
}

function otherThan(operand: unknown): ValueTest {
  const excluded = excludedBy(operand);
  if (!excluded.every((each) => typeof each === "string" || typeof each === "number")) {
    throw new InvalidPattern("Inside anything but list, start|null|boolean is not supported.");
  }
  if (new Set(excluded.map((each) => typeof each)).size !== 1) {
    throw new InvalidPattern(
      "Inside anything but list, either all values are number or string, mixed type is not supported",
    );
  }
  return (value) => !excluded.some((each) => each === value);
}

function noneOf(operand: Readonly<Record<string, unknown>>, dialect: Dialect): ValueTest {
  const { name, operand: inner } = only(
    operand,
    "Anything-But expression name not found",
    "Too many elements in numeric expression",
  );
  const notText = dialect === "bus" ? negatable.get(name) : undefined;
  if (notText === undefined) {
    throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`);
  }
  const tests = excludedBy(inner).map((each) => {
    if (typeof each !== "string") {
      throw new InvalidPattern(notText);
    }
    if (each === "" && (name === "prefix" || name === "suffix")) {
      throw new InvalidPattern("Null prefix/suffix not allowed");
    }
    return operatorNamed(name)(each, dialect);
  });
  return (value) => !tests.some((test) => test(value));
}

/** One value, or a list of some. */
function excludedBy(operand: unknown): readonly unknown[] {
  if (Array.isArray(operand)) {
    return operand;
  }
  if (typeof operand !== "string" && typeof operand !== "number") {
    throw new InvalidPattern(
      "Value of anything-but must be an array or single string/number value.",
    );
  }
  return [operand];
}

/** Where a text begins or ends with another, in any case where that is asked for. */
function affix(name: string, fits: (value: string, text: string) => boolean): Operator {
  return (operand) => {
    if (!isObject(operand)) {
      const text = textOf(name, operand);
      return (value) => typeof value === "string" && fits(value, text);
    }
    const { name: inner, operand: innerOperand } = only(
      operand,
      `${capitalized(name)} expression name not found`,
    );
    if (inner !== "equals-ignore-case") {
      throw new InvalidPattern(`Unsupported ${name} pattern: ${inner}`);
    }
    const text = textOf(inner, innerOperand).toLowerCase();
    return (value) => typeof value === "string" && fits(value.toLowerCase(), text);
  };
}

function equalsIgnoreCase(text: string): ValueTest {
  return (value) => typeof value === "string" && value.toLowerCase() === text.toLowerCase();
}
