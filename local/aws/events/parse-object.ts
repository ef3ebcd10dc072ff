import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";

/** Objects and lists in one another. EventBridge does not tell its limit; this one is usual with parsers of Java. */
const maxLevels = 1000;

/** The object that a text is in JSON; `undefined` if it is none, or if it nests too deeply to be looked through. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(text);
  return isObject(value) && !nestsTooDeeply(value) ? value : undefined;
}

function nestsTooDeeply(value: object): boolean {
  let level: readonly object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxLevels) {
      return true;
    }
    level = level.flatMap((each) => Object.values(each).filter(isNested));
  }
  return false;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
