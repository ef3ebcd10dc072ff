import type { Headers, WholeResponse } from "./types";

/** Bytes of bodies; real edge locations keep more, and evict sooner or later, too. */
const maxBytes = 64 * 1024 * 1024;

/** A response that is kept. */
export interface CacheEntry {
  key: string;
  response: WholeResponse;
  /** Path of the object and the query in its key, such as `/a.jpg?size=large`. */
  url: string;
  /** What asks the origin whether the object has changed; compression changes its entity tag. */
  condition: Headers;
  /** Milliseconds since the epoch. */
  storedAt: number;
  /** Milliseconds since the epoch. Stale entries stay: the origin may confirm them. */
  freshUntil: number;
}

/** Keeps responses in memory; the least recently used go first. */
export class Cache {
  readonly #entries = new Map<string, CacheEntry>();
  #bytes = 0;

  get(key: string): CacheEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  set(entry: CacheEntry): void {
    this.delete(entry.key);
    this.#entries.set(entry.key, entry);
    this.#bytes += entry.response.body.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= maxBytes) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#bytes -= entry.response.body.length;
    }
  }

  /** Forgets all entries whose URL passes. */
  deleteUrls(matches: (url: string) => boolean): void {
    for (const [key, { url }] of this.#entries) {
      if (matches(url)) {
        this.delete(key);
      }
    }
  }
}
