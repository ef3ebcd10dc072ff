declare global {
  interface JSON {
    /** A value that `JSON.stringify` writes as `text`; in Node since 21, not yet in lib.d.ts. */
    rawJSON(text: string): object;
    isRawJSON(value: unknown): value is { rawJSON: string };
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

/** What a text says in JSON; `undefined` if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * The value that JSON `text` stands for, where a number that JavaScript would change, such as
 * 12345678901234567890, keeps its digits: it is a raw value that `JSON.stringify` writes as it came.
 *
 * @throws SyntaxError when the text is not JSON, RangeError when it is nested too deeply to read.
 */
export function parseExactly(text: string): unknown {
  // Looking at every number's source takes thirty times as long: only where some may need it.
  if (!/\d[\d.]{15}|\d[eE]|0\.0{6}/.test(text)) {
    return JSON.parse(text);
  }
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && String(value) !== source
      ? JSON.rawJSON(source)
      : value,
  );
}

/** True when objects and arrays lie inside one another more than `levels` deep. */
export function isNestedDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) {
    return false;
  }
  return (
    levels === 0 || Object.values(value).some((member) => isNestedDeeperThan(levels - 1, member))
  );
}

/**
 * What images or data may take up in a function's payload, in bytes: Lambda's 6 MB, less room for
 * the rest of the response.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const maxPayloadBytes = 6 * 1024 * 1024 - 10 * 1024;

/** What `json` takes up in a function's payload, where a body is a JSON string: quotes are escaped. */
export function payloadBytes(json: string): number {
  return Buffer.byteLength(JSON.stringify(json));
}
