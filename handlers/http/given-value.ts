/** Longest text that an error repeats, in characters; of longer ones, nobody sees at a glance what they are. */
const maxQuotedLength = 40;

/**
 * What is wrong with a value, with the value: `must be an integer from 1, not "abc"`. Problems that say already what
 * there is stay as they are, and values stay out that are too long to be shown.
 *
 * @param path to the value in `body`.
 */
export function withGivenValue(
  problem: string,
  body: unknown,
  path: readonly PropertyKey[],
): string {
  const given = shown(path.reduce<unknown>(memberOf, body));
  return given !== undefined && /^must be (?!.*, not )/.test(problem)
    ? `${problem}, not ${given}`
    : problem;
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function shown(value: unknown): string | undefined {
  if (typeof value === "string") {
    return value.length > maxQuotedLength ? undefined : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  if (typeof value === "object" && value !== null) {
    return "an object";
  }
  return typeof value === "number" || typeof value === "boolean" || value === null
    ? String(value)
    : undefined;
}

/**
 * What is wrong with a text that `JSON.parse` does not take, with the place. What else its exception says quotes
 * the text.
 */
export function jsonProblem(error: unknown): string {
  const message = error instanceof SyntaxError ? error.message : "";
  const [, line, column] = /\(line (\d+) column (\d+)\)$/.exec(message) ?? [];
  if (line !== undefined) {
    return `must be JSON, and is none from line ${line}, column ${column} on`;
  }
  return message === "Unexpected end of JSON input"
    ? "must be JSON, and ends too early"
    : "must be JSON";
}
