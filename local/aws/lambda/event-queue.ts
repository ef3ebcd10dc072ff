import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits before a retry.
 *
 * @param retry 1 before the first retry.
 * @param signal ends the wait early.
 */
export type Backoff = (retry: number, signal: AbortSignal) => Promise<void>;

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const retries = 2;

/** Lambda's own: one minute before the first retry, two before the second. */
export const lambdaBackoff: Backoff = (retry, signal) =>
  sleep(retry * 60_000, undefined, { signal, ref: false });

/**
 * Asynchronous invocations. Unlike Lambda's queue it lives in memory: events that wait for a retry
 * are lost when the local cloud stops. Throttled events count as failed ones.
 */
export class EventQueue {
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  readonly #deliveries = new Set<Promise<void>>();

  constructor(backoff: Backoff) {
    this.#backoff = backoff;
  }

  /** @param attempt invokes the function, and tells whether that went well. */
  push(attempt: () => Promise<boolean>): void {
    const delivery = this.#deliver(attempt).finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  /** Gives up all retries, and waits for attempts that run. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#deliveries);
  }

  async #deliver(attempt: () => Promise<boolean>): Promise<void> {
    const { signal } = this.#stop;
    for (let retry = 1; !(await attempt()) && retry <= retries; retry++) {
      try {
        await this.#backoff(retry, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        throw error;
      }
    }
  }
}
