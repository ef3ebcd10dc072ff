import type { RequestContext } from "./types";

/** The values of condition keys of one request, by keys that ignore case. */
export class Context {
  readonly #values = new Map<string, readonly string[]>();

  /** @param parts later ones win. */
  constructor(...parts: readonly RequestContext[]) {
    for (const part of parts) {
      for (const [key, value] of Object.entries(part)) {
        this.#values.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
      }
    }
  }

  /** @param key in lower case. `undefined` when the request has no value for it. */
  get(key: string): readonly string[] | undefined {
    const values = this.#values.get(key);
    return values?.length ? values : undefined;
  }
}
