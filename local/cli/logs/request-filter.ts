import { isObject } from "../../is-object";
import type { LogEntry } from "./log-entry";

/** Members and fields whose values are the ids of requests. */
const idName = /request_?id$/i;

/** The shape of the ids that are followed from one log to another. */
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Finds what was logged for a request: from the API's id to those of the functions, whose logs name both, and
 * from those to all of their lines.
 */
export class RequestFilter {
  readonly #ids: Set<string>;

  constructor(id: string) {
    this.#ids = new Set([id]);
  }

  /** The entries that belong to the request; of what is known once, later entries are found, too. */
  select(entries: readonly LogEntry[]): LogEntry[] {
    for (const entry of entries) {
      if (this.#names(entry)) {
        for (const id of idsIn(entry.record)) {
          this.#ids.add(id);
        }
      }
    }
    return entries.filter((entry) => this.#names(entry));
  }

  #names({ lines }: LogEntry): boolean {
    return [...this.#ids].some((id) => lines.some((line) => line.includes(id)));
  }
}

function idsIn(value: unknown): string[] {
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === "string" && idName.test(name) && uuid.test(each) ? [each] : idsIn(each),
  );
}
