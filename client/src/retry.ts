import { DarkroomError } from "./errors.js";

/** How often, and how long, a request is repeated. */
export interface RetryOptions {
  /** How often a request is repeated that failed. @default 3 */
  maxRetries?: number;
  /**
   * Seconds that are waited for at most, whatever the API asks for: an error that is to be waited for longer, as when
   * the day's quota is used up, is thrown at once. @default 30
   */
  maxWaitSeconds?: number;
}

/** Which failures of a request may be repeated. */
export type Repeatable =
  /** All that may go otherwise the next time: the request has no second effect. */
  | "always"
  /** Those after which the request has certainly had no effect. */
  | "if-refused";

const repeatableStatuses: Readonly<Record<Repeatable, readonly number[]>> = {
  always: [409, 429, 500, 502, 503, 504],
  "if-refused": [429],
};

/** Seconds before the first repetition where the API says nothing, and the most before a later one. */
const [firstWaitSeconds, lastWaitSeconds] = [0.2, 5];

/**
 * Does `attempt` until it succeeds, fails for good, or has failed too often. Waits as long as `Retry-After` says, or
 * else longer each time, by chance, so that clients that failed together do not come back together.
 *
 * @throws what the last attempt threw, or the reason of the signal.
 */
export async function withRetries<Result>(
  attempt: () => Promise<Result>,
  repeatable: Repeatable,
  { maxRetries = 3, maxWaitSeconds = 30 }: RetryOptions,
  signal?: AbortSignal,
): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      const seconds = secondsBefore(error, retries, repeatable);
      if (retries >= maxRetries || seconds === undefined || seconds > maxWaitSeconds) {
        throw error;
      }
      await sleep(seconds, signal);
    }
  }
}

/** Seconds to wait, or `undefined` where the request is not to be repeated. */
function secondsBefore(
  error: unknown,
  retries: number,
  repeatable: Repeatable,
): number | undefined {
  const backoff = Math.min(lastWaitSeconds, firstWaitSeconds * 2 ** retries);
  const byChance = backoff * (0.5 + Math.random() / 2);
  if (!(error instanceof DarkroomError)) {
    // What fetch throws where the connection fails: nobody knows how far the request got.
    return error instanceof TypeError && repeatable === "always" ? byChance : undefined;
  }
  const isTemporary =
    repeatableStatuses[repeatable].includes(error.status) &&
    // Without it, a conflict does not pass by itself.
    (error.status !== 409 || error.retryAfterSeconds !== undefined);
  return isTemporary ? (error.retryAfterSeconds ?? byChance) : undefined;
}

/** @throws the reason of the signal, as soon as it is aborted. */
export async function sleep(seconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, seconds * 1000);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}
