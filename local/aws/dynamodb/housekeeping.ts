/** Work that is to be done again and again. */
interface Chore {
  sweep(): Promise<void>;
}

/** What housekeeping is made with. */
export interface HousekeepingOptions {
  chores: readonly Chore[];
  /** Milliseconds from the end of one round to the start of the next. */
  intervalMs: number;
  /** Prints one line to the person who runs the local cloud. */
  notify: (line: string) => void;
}

/** Does its chores at intervals until it is stopped. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  #timer: NodeJS.Timeout | undefined;
  #round = Promise.resolve();
  #stopped = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** Waits for a round that has begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  #schedule(): void {
    if (!this.#stopped) {
      this.#timer = setTimeout(() => {
        this.#round = this.#doAll();
      }, this.#options.intervalMs).unref();
    }
  }

  async #doAll(): Promise<void> {
    for (const chore of this.#options.chores) {
      try {
        await chore.sweep();
      } catch (error) {
        this.#options.notify(`DynamoDB could not remove what has expired: ${String(error)}`);
      }
    }
    this.#schedule();
  }
}
