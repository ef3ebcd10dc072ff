/**
 * JSON text that is the same for the same JSON value, and for no other: members sorted, no white
 * space, each number in one form, whichever way they were written. Numbers are compared as decimals,
 * so that those that JavaScript cannot tell apart stay apart.
 *
 * @param value what `parseExactly` returns, or JSON's own values.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number") {
    return canonicalNumber(JSON.stringify(value));
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value ?? null);
  }
  if (JSON.isRawJSON(value)) {
    return canonicalNumber(value.rawJSON);
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join()}]`;
  }
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join()}}`;
}

/** `-120.50` and `-1.205E2` as `-1205e-1`; zero, whatever its sign and exponent, as `0`. */
function canonicalNumber(text: string): string {
  const { sign, digits, scale } = decimalOf(text);
  return digits === "" ? "0" : `${sign}${digits}e${scale}`;
}

/** A number of JSON: its significant digits, none for zero, times ten to the power of the scale. */
export interface Decimal {
  sign: string;
  digits: string;
  scale: bigint;
}

/** What the text of a number of JSON stands for. */
export function decimalOf(text: string): Decimal {
  const [, sign = "", integer = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${integer}${fraction}`.replace(/^0+/, "");
  const significant = withoutTrailingZeros(digits);
  const scale = BigInt(exponent) - BigInt(fraction.length - (digits.length - significant.length));
  return { sign, digits: significant, scale };
}

/** A loop: a pattern would take the square of the time on a number of many zeros. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") {
    end--;
  }
  return digits.slice(0, end);
}
