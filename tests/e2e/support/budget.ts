/**
 * Requests that the suite makes at most, each counting to its key's quota. It makes some 900 where all is
 * quick; the rest is for a stack on AWS, on which it waits longer. It ends rather than make more.
 */
export const suiteRequests = 3000;

/** Requests that may still be made. */
export class Budget {
  readonly #limit: number;
  #spent = 0;

  constructor(limit = suiteRequests) {
    this.#limit = limit;
  }

  /** What has been made. */
  get spent(): number {
    return this.#spent;
  }

  /** Counts a request that is about to be made. @throws Error when it would be one too many. */
  spend(): void {
    if (this.#spent >= this.#limit) {
      throw new Error(
        `The suite has made the ${this.#limit} requests that it said it would make at most, and ends here.`,
      );
    }
    this.#spent += 1;
  }
}
