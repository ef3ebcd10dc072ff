import { setTimeout as sleep } from "node:timers/promises";

import { RecordFolder } from "../record-folder";
import type { EventInvokeSettings } from "./event-invoke-config";
import type { FunctionResponse } from "./function-response";
import type { Recorder, RequestRecord } from "../recorder";
import type { Condition, EndedEvent } from "./invocation-record";
import { referenceOf, type QueuedEvent } from "./queued-event";
import { outcomeOf, recordEvent } from "./record-invoke";

/** Why an event is tried again: the function failed, or it could not be run at all. */
export type RetryCause = "failed" | "throttled";

/**
 * Waits before a retry.
 *
 * @param retry 1 before the first retry of that cause.
 * @param signal ends the wait early.
 */
export type Backoff = (retry: number, cause: RetryCause, signal: AbortSignal) => Promise<void>;

/** Lambda's own waits. */
export const lambdaBackoff: Backoff = (retry, cause, signal) =>
  sleep(lambdaDelaySeconds(retry, cause) * 1000, undefined, { signal, ref: false });

/**
 * After a failure one minute before the first retry and two before the second; after a throttle one
 * second, doubled up to five minutes.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function lambdaDelaySeconds(retry: number, cause: RetryCause): number {
  return cause === "failed" ? retry * 60 : Math.min(2 ** (retry - 1), 300);
}

export interface EventQueueOptions {
  /** Folder for the events. */
  folder: string;
  backoff: Backoff;
  clock: () => Date;
  notify: (line: string) => void;
  settingsOf: (event: QueuedEvent) => EventInvokeSettings;
  /** Whether no invocation of its function may run at a time: such an event is given up at once. */
  isBlocked: (event: QueuedEvent) => boolean;
  /** Runs the function once. */
  attempt: (
    event: QueuedEvent,
    record: RequestRecord | undefined,
  ) => Promise<FunctionResponse | "throttled">;
  /** Makes known what came of an event, before it is forgotten. */
  conclude: (ended: EndedEvent) => void;
  /** Is told of events that are taken up. Default: nobody. */
  recorder?: Recorder | undefined;
}

/**
 * Asynchronous invocations. An event is on disk before it is answered for, and until its function
 * succeeded or it was given up; what a stop or a kill interrupts is tried again after the next
 * start, and does not count as a failure.
 */
export class EventQueue {
  readonly #options: EventQueueOptions;
  readonly #folder: RecordFolder<QueuedEvent>;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #left: QueuedEvent[];

  /** Reads what an earlier run left; it waits for {@link resume}. */
  constructor(options: EventQueueOptions) {
    this.#options = options;
    this.#folder = new RecordFolder(options.folder);
    this.#left = this.#folder.load().sort((a, b) => a.acceptedAt - b.acceptedAt);
  }

  push(event: Omit<QueuedEvent, "acceptedAt" | "attempts">): void {
    const queued = { ...event, acceptedAt: this.#options.clock().getTime(), attempts: 0 };
    this.#folder.put(queued.requestId, queued);
    this.#run(queued);
  }

  /**
   * Takes up what an earlier run left.
   *
   * @param exists tells whether there still is what an event is for; as in AWS, events end with it.
   */
  resume(exists: (reference: string) => boolean): void {
    for (const event of this.#left.splice(0)) {
      const { requestId } = event;
      const reference = referenceOf(event);
      if (exists(reference)) {
        this.#run(event);
      } else {
        this.#folder.remove(requestId);
        this.#options.notify(`Request ${requestId} is dropped: function ${reference} is gone`);
      }
    }
  }

  /** Ends all waits; attempts that run from now on do not count unless they succeed. */
  abort(): void {
    this.#stop.abort();
  }

  /** Resolves when no attempt runs any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  #run(event: QueuedEvent): void {
    const running = this.#deliver(event)
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) {
          this.#options.notify(`Request ${event.requestId} is left as it is: ${String(error)}`);
        }
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #deliver(accepted: QueuedEvent): Promise<void> {
    const record = recordEvent(this.#options.recorder, accepted);
    let response: FunctionResponse | undefined;
    try {
      response = await this.#tryUntilOver(accepted, record);
    } finally {
      const outcome = response && outcomeOf(response);
      record?.end({ ...outcome, requestBody: accepted.payload });
    }
  }

  /** @returns what came of the last attempt. */
  async #tryUntilOver(
    accepted: QueuedEvent,
    record: RequestRecord | undefined,
  ): Promise<FunctionResponse | undefined> {
    const { signal } = this.#stop;
    let event = accepted;
    let response: FunctionResponse | undefined;
    let throttles = 0;
    while (!signal.aborted) {
      if (this.#isTooOld(event)) {
        this.#end(event, "EventAgeExceeded", response);
        return response;
      }
      if (this.#options.isBlocked(event)) {
        this.#end(event, "ZeroReservedConcurrency", response);
        return response;
      }
      const result = await this.#options.attempt(event, record);
      if (result === "throttled") {
        throttles += 1;
        await this.#options.backoff(throttles, "throttled", signal);
      } else {
        throttles = 0;
        response = result;
        const attempted = { ...event, attempts: event.attempts + 1 };
        if (this.#isOver(attempted, response)) {
          return response;
        }
        event = attempted;
        await this.#options.backoff(event.attempts, "failed", signal);
      }
    }
    return response;
  }

  /**
   * Whether this run is done with an event: it is ended when it succeeded or failed too often, and
   * left to the next run when a stop interrupted it. Of any other, the failure is counted.
   */
  #isOver(event: QueuedEvent, response: FunctionResponse): boolean {
    if (response.error === undefined) {
      this.#end(event, "Success", response);
      return true;
    }
    if (this.#stop.signal.aborted) {
      return true;
    }
    if (event.attempts > this.#options.settingsOf(event).maximumRetryAttempts) {
      this.#end(event, "RetriesExhausted", response);
      return true;
    }
    this.#folder.put(event.requestId, event);
    return false;
  }

  #isTooOld(event: QueuedEvent): boolean {
    const ageMs = this.#options.clock().getTime() - event.acceptedAt;
    return ageMs > this.#options.settingsOf(event).maximumEventAgeSeconds * 1000;
  }

  #end(event: QueuedEvent, condition: Condition, response?: FunctionResponse): void {
    this.#options.conclude({ event, condition, ...(response && { response }) });
    this.#folder.remove(event.requestId);
  }
}
