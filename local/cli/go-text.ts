const escapes = new Map([
  ["\u0007", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\v", "\\v"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/** What is not shown as it is: all but letters, marks, numbers, punctuation, symbols and the space. */
const unprintable = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** Text in quotes, as Go writes it. @see https://pkg.go.dev/strconv#Quote */
export function quotedText(text: string): string {
  return `"${text.replace(unprintable, escaped)}"`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const [prefix, length] = code < 0x80 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return escapes.get(character) ?? `\\${prefix}${code.toString(16).padStart(length, "0")}`;
}

/**
 * A number as Pulumi's engine prints it: whole ones with all digits, others as Go does.
 *
 * @see https://pkg.go.dev/strconv#FormatFloat, format `g`
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  }
  if (Number.isInteger(value)) {
    return Object.is(value, -0) ? "-0" : BigInt(value).toString();
  }
  const scientific = value.toExponential();
  const [digits = "", exponent = ""] = scientific.split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) {
    return value.toString();
  }
  const sign = power < 0 ? "-" : "+";
  return `${digits}e${sign}${Math.abs(power).toString().padStart(2, "0")}`;
}
