/** Headers that never reach an integration: they are about the connection. */
const dropped = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "www-authenticate",
]);

/** Request headers: names spelled as the client did, found in any spelling. */
export class RequestHeaders {
  readonly #values = new Map<string, { name: string; values: string[] }>();

  /** @param rawHeaders names and values in turn, as Node gives them. */
  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? "";
      const entry = this.#values.get(name.toLowerCase()) ?? { name, values: [] };
      entry.values.push(rawHeaders[index + 1] ?? "");
      this.#values.set(name.toLowerCase(), entry);
    }
  }

  /** The last value. */
  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.values.at(-1);
  }

  /** The first value: of several lines of `Accept`, API Gateway goes by that one. */
  first(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.values[0];
  }

  /** The values of all lines. */
  all(name: string): readonly string[] {
    return this.#values.get(name.toLowerCase())?.values ?? [];
  }

  /** The values of all lines as one list. */
  list(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())?.values.join(", ");
  }

  /** Those that an integration gets, by name as spelled: no signatures, which are for AWS alone. */
  forwarded(): Map<string, string[]> {
    return new Map(
      [...this.#values]
        .filter(([key, { values }]) => !dropped.has(key) && !isSigned(key, values))
        .map(([, { name, values }]) => [name, values]),
    );
  }

  /** Whether there is a header of exactly this spelling, not blank. */
  hasExactly(name: string): boolean {
    const entry = this.#values.get(name.toLowerCase());
    return entry?.name === name && entry.values.some((value) => value.trim() !== "");
  }
}

function isSigned(key: string, values: readonly string[]): boolean {
  return key === "authorization" && values.some((value) => value.startsWith("AWS4-HMAC-SHA256"));
}
