import type { RequestContext } from "./types";

/** Values by condition key, or what makes them. */
export type ContextPart = RequestContext | (() => RequestContext);

/** The values of condition keys of one request, by keys that ignore case. */
export class Context {
  readonly #parts: readonly ContextPart[];
  #values: ReadonlyMap<string, readonly string[]> | undefined;

  /**
   * @param parts later ones win. Those that are functions are called once, when a statement first asks for a
   * value: most decisions follow from action and resource alone.
   */
  constructor(...parts: readonly ContextPart[]) {
    this.#parts = parts;
  }

  /** @param key in lower case. `undefined` when the request has no value for it. */
  get(key: string): readonly string[] | undefined {
    this.#values ??= valuesOf(this.#parts);
    const values = this.#values.get(key);
    return values?.length ? values : undefined;
  }
}

function valuesOf(parts: readonly ContextPart[]): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const part of parts) {
    for (const [key, value] of Object.entries(typeof part === "function" ? part() : part)) {
      values.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
    }
  }
  return values;
}
