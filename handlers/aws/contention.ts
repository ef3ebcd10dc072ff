import { setTimeout } from "node:timers/promises";

/**
 * How often a write is tried that others are in the way of. Where each takes 15 ms, fifty that come
 * at once get through.
 */
const maxAttempts = 12;

/**
 * The longest waits before the second attempt and before any, in milliseconds. All together, they take
 * at most 3 s, and half of that as a rule: little of the 29 s that API Gateway waits.
 */
const firstWaitMs = 20;
const longestWaitMs = 400;

/** What an attempt comes to when others were in its way. */
export class Hindered {
  /** What the caller is told if there is no further attempt. */
  readonly error: Error;

  constructor(error: Error) {
    this.error = error;
  }
}

/**
 * Makes attempts until others are not in the way. The time between two is random, so that those who
 * are in each other's way do not meet again.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * @param attempt reads anew what it builds on.
 * @throws Error that the last attempt came to.
 */
export async function untilUnhindered<Result>(
  attempt: () => Promise<Result | Hindered>,
): Promise<Result> {
  for (let made = 1; ; made++) {
    const outcome = await attempt();
    if (!(outcome instanceof Hindered)) {
      return outcome;
    }
    if (made === maxAttempts) {
      throw outcome.error;
    }
    await setTimeout(Math.random() * Math.min(firstWaitMs * 2 ** (made - 1), longestWaitMs));
  }
}
