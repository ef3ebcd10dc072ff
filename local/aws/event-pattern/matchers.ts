import { BlockList, isIP } from "node:net";

import { isObject } from "../../is-object";
import { InvalidPattern } from "./invalid-pattern";

/** Whose patterns they are: rules of a bus have operators that filters of event source mappings have not. */
export type Dialect = "bus" | "filter";

/** Whether one of the values of a member is meant; of a member that is not there, there are none. */
export type Matcher = (values: readonly unknown[]) => boolean;

type Test = (value: unknown) => boolean;

/** An operator: reads what stands beside it. */
type Operator = (operand: unknown, dialect: Dialect) => Test;

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

/** Operators that may stand within `anything-but`. */
const negatable = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

/**
 * Reads one of the values that a pattern lists for a member.
 *
 * @throws InvalidPattern
 */
export function matcherOf(value: unknown, dialect: Dialect): Matcher {
  if (!isObject(value)) {
    return (values) => values.includes(value);
  }
  const { name, operand } = only(value);
  if (name === "exists") {
    if (typeof operand !== "boolean") {
      throw new InvalidPattern("exists match pattern must be either true or false");
    }
    return (values) => values.length > 0 === operand;
  }
  const test = operatorNamed(name)(operand, dialect);
  return (values) => values.some(test);
}

function only(value: Readonly<Record<string, unknown>>): { name: string; operand: unknown } {
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) {
    throw new InvalidPattern("Only one key allowed in match expression");
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

function anythingBut(operand: unknown, dialect: Dialect): Test {
  if (!isObject(operand)) {
    const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    const kinds = new Set(excluded.map((each) => typeof each));
    if (excluded.length === 0 || kinds.size > 1 || !(kinds.has("string") || kinds.has("number"))) {
      throw new InvalidPattern(
        "anything-but list must be all strings or all numbers, and not empty",
      );
    }
    return (value) => !excluded.includes(value);
  }
  const { name, operand: inner } = only(operand);
  if (dialect !== "bus" || !negatable.includes(name)) {
    throw new InvalidPattern(`Unsupported anything-but pattern: ${name}`);
  }
  const excluded: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  if (excluded.length === 0) {
    throw new InvalidPattern(`${name} of anything-but must not be empty`);
  }
  if (excluded.some(isObject)) {
    throw new InvalidPattern(
      "Value of anything-but must be an array or single string/number value.",
    );
  }
  if (excluded.includes("") && (name === "prefix" || name === "suffix")) {
    throw new InvalidPattern("Null prefix/suffix not allowed");
  }
  const tests = excluded.map((each) => operatorNamed(name)(each, dialect));
  return (value) => !tests.some((test) => test(value));
}

/** Where a text begins or ends with another, in any case where that is asked for. */
function affix(name: string, fits: (value: string, text: string) => boolean): Operator {
  return (operand) => {
    if (!isObject(operand)) {
      const text = textOf(name, operand);
      return (value) => typeof value === "string" && fits(value, text);
    }
    const { name: inner, operand: innerOperand } = only(operand);
    if (inner !== "equals-ignore-case") {
      throw new InvalidPattern(`Unsupported ${name} pattern: ${inner}`);
    }
    const text = textOf(name, innerOperand).toLowerCase();
    return (value) => typeof value === "string" && fits(value.toLowerCase(), text);
  };
}

function equalsIgnoreCase(text: string): Test {
  return (value) => typeof value === "string" && value.toLowerCase() === text.toLowerCase();
}

/** `*` stands for any characters; `\*` for a star and `\\` for a backslash. */
function wildcard(text: string): Test {
  const parts = text.match(/\\[\s\S]?|\*|[^\\*]+/g) ?? [];
  const pattern = parts.map((part, index) => {
    if (part === "*") {
      if (parts[index - 1] === "*") {
        throw new InvalidPattern("Consecutive wildcard characters");
      }
      return "[\\s\\S]*";
    }
    if (part.startsWith("\\") && part !== "\\*" && part !== "\\\\") {
      throw new InvalidPattern("Invalid escape character");
    }
    return part.replace(/^\\/, "").replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  const whole = new RegExp(`^${pattern.join("")}$`);
  return (value) => typeof value === "string" && whole.test(value);
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching */
const largestNumber = 5_000_000_000;

function numeric(operand: unknown): Test {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const isPaired = parts.length === 2 || parts.length === 4;
  const tests = Array.from({ length: parts.length / 2 }, (_, index) =>
    comparison(parts[2 * index], parts[2 * index + 1]),
  );
  const isRange = /^[<>]/.test(String(parts[0])) && /^[<>]/.test(String(parts[2]));
  if (!isPaired || (parts.length === 4 && !(isRange && sign(parts[0]) !== sign(parts[2])))) {
    throw new InvalidPattern("numeric must have one comparison, or a lower and an upper bound");
  }
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function sign(operator: unknown): string {
  return String(operator).charAt(0);
}

function comparison(operator: unknown, bound: unknown): (value: number) => boolean {
  const compare =
    typeof operator === "string" && Object.hasOwn(comparisons, operator)
      ? comparisons[operator]
      : undefined;
  if (!compare) {
    throw new InvalidPattern(`Unrecognized numeric range operator: ${String(operator)}`);
  }
  if (typeof bound !== "number" || Math.abs(bound) > largestNumber) {
    throw new InvalidPattern(
      `Value of ${operator as string} must be a number from ${-largestNumber} to ${largestNumber}`,
    );
  }
  return (value) => compare(value, bound);
}

function cidr(operand: unknown): Test {
  const [address = "", length = "", ...more] = textOf("cidr", operand).split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const most = family === "ipv6" ? 128 : 32;
  if (
    isIP(address) === 0 ||
    more.length > 0 ||
    !/^\d{1,3}$/.test(length) ||
    Number(length) > most
  ) {
    throw new InvalidPattern(
      "Malformed CIDR, one slash between an IP address and a length required",
    );
  }
  const block = new BlockList();
  block.addSubnet(address, Number(length), family);
  const version = isIP(address);
  return (value) =>
    typeof value === "string" && isIP(value) === version && block.check(value, family);
}

function textOf(name: string, operand: unknown): string {
  if (typeof operand !== "string") {
    throw new InvalidPattern(`${name} match pattern must be a string`);
  }
  return operand;
}
