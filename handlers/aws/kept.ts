import type { Logger } from "@aws-lambda-powertools/logger";

/** How a value is read, and kept. */
export interface Keeping<Value> {
  /** What is kept, as a log calls it, such as `the signing key`. */
  what: string;
  read: () => Promise<Value>;
  /** Milliseconds for which the value is used before it is read again. */
  refreshAfterMs: number;
  /** Milliseconds after which a refresh that has failed is tried again. */
  retryAfterMs: number;
  /** The fewest milliseconds between two readings, whoever asks. `@default` 0 */
  pauseMs?: number;
}

/**
 * Keeps a value that is read once and then from time to time. All that ask at the same time share one
 * reading. A value that cannot be read again goes on to be used.
 */
export class Kept<Value> {
  readonly #keeping: Keeping<Value>;
  readonly #logger: Pick<Logger, "warn">;
  readonly #clock: () => number;
  #kept: { value: Value } | undefined;
  /** Why the last reading failed, if it did. */
  #failure: { error: unknown } | undefined;
  #readAt = -Infinity;
  #refreshAt = -Infinity;
  #reading: Promise<void> | undefined;

  /** @param clock milliseconds since 1970. */
  constructor(
    keeping: Keeping<Value>,
    logger: Pick<Logger, "warn">,
    clock: () => number = Date.now,
  ) {
    this.#keeping = keeping;
    this.#logger = logger;
    this.#clock = clock;
  }

  /**
   * The value, however old it is if it cannot be read again.
   *
   * @throws Error when it has never been read: why the last reading failed.
   */
  async current(): Promise<Value> {
    if (this.#clock() >= this.#refreshAt) {
      await this.#readOnce();
    }
    return this.#kept ? this.#kept.value : this.#fail();
  }

  /**
   * The value as it is now, or was when it was last read, if that was within `pauseMs`.
   *
   * @throws Error when the last reading failed.
   */
  async renewed(): Promise<Value> {
    await this.#readOnce();
    return this.#kept && !this.#failure ? this.#kept.value : this.#fail();
  }

  #fail(): never {
    throw this.#failure?.error;
  }

  async #readOnce(): Promise<void> {
    const { pauseMs = 0 } = this.#keeping;
    if (this.#clock() < this.#readAt + pauseMs) {
      return;
    }
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const { what, read, refreshAfterMs, retryAfterMs } = this.#keeping;
    try {
      this.#kept = { value: await read() };
      this.#failure = undefined;
      this.#refreshAt = this.#clock() + refreshAfterMs;
    } catch (error) {
      this.#failure = { error };
      if (this.#kept) {
        this.#logger.warn(`${what} could not be read again`, error as Error);
        this.#refreshAt = this.#clock() + retryAfterMs;
      }
    }
    this.#readAt = this.#clock();
  }
}
