import { randomUUID } from "node:crypto";
import { decodeUsualBase64 } from "./base64";
import { parseJson } from "./json";

/** Characters from which on it is worth while not to copy a text. */
const longText = 64 * 1024;

/** Strings among which a long one is looked for: uploads have fewer. */
const maxStrings = 1000;

/** What JSON stands for. */
export interface ParsedJson {
  value: unknown;
  /** The long base64 text among its members, if there is one, and its bytes. */
  base64?: { text: string; bytes: Buffer };
}

/**
 * The same as `JSON.parse`, but that the first long text, if it is base64 in its usual form, is left where
 * it is: to read megabytes character by character takes longer than to decode them, and the copy as much
 * memory again.
 *
 * @throws SyntaxError
 */
export function parseLongBase64(json: string): ParsedJson {
  const found = json.length < longText ? undefined : findLongString(json);
  return (found && parseAround(json, found)) ?? { value: JSON.parse(json) };
}

/** What a string of JSON lies between, without its quotes. */
interface Span {
  start: number;
  end: number;
}

function findLongString(json: string): Span | undefined {
  let start = json.indexOf('"') + 1;
  for (let count = 0; start > 0 && count < maxStrings; count++) {
    const end = endOfString(json, start);
    if (end < 0 || end - start >= longText) {
      return end < 0 ? undefined : { start, end };
    }
    start = json.indexOf('"', end + 1) + 1;
  }
  return undefined;
}

/** Position of the quote that ends the string which begins at `start`, or -1. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start);
  while (end >= 0 && isEscaped(json, end, start)) {
    end = json.indexOf('"', end + 1);
  }
  return end;
}

function isEscaped(json: string, at: number, start: number): boolean {
  let first = at;
  while (first > start && json[first - 1] === "\\") {
    first--;
  }
  return (at - first) % 2 === 1;
}

/** @returns undefined when the string is no base64, or no member of the object that the JSON stands for. */
function parseAround(json: string, { start, end }: Span): ParsedJson | undefined {
  const text = json.slice(start, end);
  const bytes = decodeUsualBase64(text);
  if (!bytes) {
    return undefined;
  }
  // Nobody can have sent it.
  const standIn = randomUUID();
  // What is none is read as it came: else a wrong place in it would be told.
  const value = parseJson(json.slice(0, start) + standIn + json.slice(end));
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const [name] = Object.entries(value).find(([, member]) => member === standIn) ?? [];
  return name === undefined
    ? undefined
    : { value: { ...value, [name]: text }, base64: { text, bytes } };
}
