import { maxInt64, maxUint64, minInt64 } from "./integer-limits";
import { parseTimestamp } from "./yaml-timestamp";
import type { Timestamp } from "./yaml-timestamp";

/** What a plain scalar stands for. Whole numbers that 64 bits hold are exact, all others are floats. */
export type Scalar = null | boolean | bigint | number | string | Timestamp;

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
  ...[".inf", ".Inf", ".INF"].flatMap(
    (word) =>
      [
        [word, Infinity],
        [`+${word}`, Infinity],
        [`-${word}`, -Infinity],
      ] as const,
  ),
]);

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/;
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * What unquoted text stands for, as the YAML reader of Pulumi's engine has it: mostly YAML 1.2, but
 * with dates, underscores in numbers, and octal numbers that start with 0.
 *
 * @see https://github.com/go-yaml/yaml/blob/v3.0.1/resolve.go
 */
export function resolveScalar(text: string): Scalar {
  const word = words.get(text);
  if (word !== undefined) {
    return word;
  }
  // After a point, underscores are not passed over.
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  return /^[-+.\d]/.test(text)
    ? (parseTimestamp(text) ?? parseInteger(digits) ?? parseFloatText(digits) ?? text)
    : text;
}

function parseInteger(text: string): bigint | undefined {
  const [, sign, digits = ""] = integer.exec(text) ?? [];
  if (sign === undefined) {
    return undefined;
  }
  const magnitude = BigInt(/^0\d/.test(digits) ? `0o${digits}` : digits);
  const value = sign === "-" ? -magnitude : magnitude;
  // A number with a sign has 63 bits.
  const max = sign === "" ? maxUint64 : maxInt64;
  return value >= minInt64 && value <= max ? value : undefined;
}

function parseFloatText(text: string): number | undefined {
  const value = float.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : undefined;
}
