import { InvalidPattern } from "./invalid-pattern";

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching */
const largestNumber = 5_000_000_000;

/**
 * Reads `[">", 0, "<=", 5]`: one comparison, or a lower and an upper bound.
 *
 * @throws InvalidPattern
 */
export function numeric(operand: unknown): (value: unknown) => boolean {
  if (!Array.isArray(operand)) {
    throw new InvalidPattern("Value of numeric must be an array.");
  }
  const [operator, bound, ...range] = operand as readonly unknown[];
  if (typeof operator !== "string") {
    throw new InvalidPattern(`Invalid member in numeric match: ${JSON.stringify(operator)}`);
  }
  const test = comparison(operator, bound, "Unrecognized");
  const other = range.length === 0 ? undefined : upperBound(operator, range);
  if (other && Number(bound) >= Number(range[1])) {
    throw new InvalidPattern("Bottom must be less than top");
  }
  return (value) => typeof value === "number" && test(value) && (other?.(value) ?? true);
}

/** What stands behind a lower bound. */
function upperBound(
  lower: string,
  [operator, bound, ...more]: readonly unknown[],
): (value: number) => boolean {
  if (!lower.startsWith(">")) {
    throw new InvalidPattern("Too many elements in numeric expression");
  }
  if (typeof operator !== "string") {
    throw new InvalidPattern(`Bad value in numeric range: ${JSON.stringify(operator)}`);
  }
  if (!operator.startsWith("<")) {
    throw new InvalidPattern(`Bad numeric range operator: ${operator}`);
  }
  const test = comparison(operator, bound, "Bad");
  if (more.length > 0) {
    throw new InvalidPattern("Too many terms in numeric range expression");
  }
  return test;
}

/** @param unknown how an operator is called that there is none of. */
function comparison(
  operator: string,
  bound: unknown,
  unknown: "Bad" | "Unrecognized",
): (value: number) => boolean {
  const compare = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (!compare) {
    throw new InvalidPattern(`${unknown} numeric range operator: ${operator}`);
  }
  if (typeof bound !== "number") {
    throw new InvalidPattern(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  }
  if (Math.abs(bound) > largestNumber) {
    throw new InvalidPattern(
      `Value of ${operator} must be from ${-largestNumber} to ${largestNumber}`,
    );
  }
  return (value) => compare(value, bound);
}
