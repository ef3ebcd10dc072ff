import { AwsError } from "../aws-error";

/** What may be done with a table, in the words of errors. */
type Change = "created" | "deleted" | "updated";

/**
 * What is being done with tables, by name, one thing at a time: it takes dynalite some turns of the event loop, and an
 * index as long as there are items.
 */
export class TableChanges {
  readonly #running = new Map<string, Change>();

  isBeingUpdated(name: string): boolean {
    return this.#running.get(name) === "updated";
  }

  /** @throws AwsError `ResourceInUseException` while something is being done with a table of that name. */
  requireNone(name: string): void {
    const change = this.#running.get(name);
    if (change !== undefined) {
      throw new AwsError(
        "ResourceInUseException",
        `Attempt to change a resource which is still in use: Table is being ${change}: ${name}`,
      );
    }
  }

  /** @throws AwsError as {@link TableChanges.requireNone}; whatever the change throws. */
  async run(name: string, what: Change, change: () => Promise<void>): Promise<void> {
    this.requireNone(name);
    this.#running.set(name, what);
    try {
      await change();
    } finally {
      this.#running.delete(name);
    }
  }
}
