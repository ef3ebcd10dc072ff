import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { messageOf } from "../../../message-of";
import type { RequestRecord } from "../../recorder";
import type { Backoff, RetryCause } from "../event-queue";
import type { FunctionResponse } from "../function-response";
import { outcomeOf } from "../record-invoke";
import { resultOf, type BatchResult } from "./batch-result";
import type { DiscardedBatch } from "./discarded-batch";
import type { EventSourceSettings } from "./event-source-mapping";
import { after, conditionOf, restOf, writtenAt, type Part } from "./batch-part";
import { eventOf, filtered, fitting } from "./stream-event";
import type { SourceRecord, StreamReader } from "./stream-source";

/** One attempt at a batch. */
export interface BatchAttempt {
  requestId: string;
  functionName: string;
  /** JSON text. */
  payload: string;
}

/** What a poller is made with. */
export interface StreamPollerOptions {
  settings: EventSourceSettings;
  functionArn: string;
  clock: () => Date;
  backoff: Backoff;
  /** Opens the stream. @throws AwsError when the function's role may not read it. */
  open: () => StreamReader;
  /** Where it goes on. */
  from: (stream: StreamReader) => string;
  /** Keeps where it goes on, before it does. */
  keep: (from: string) => void;
  /** Begins to record a batch that is not recorded yet. */
  begin: (attempt: BatchAttempt) => RequestRecord | undefined;
  /** Runs the function once. */
  attempt: (
    attempt: BatchAttempt,
    record: RequestRecord | undefined,
  ) => Promise<FunctionResponse | "throttled">;
  /** Makes known what is given up, before it is. */
  discard: (batch: DiscardedBatch) => void;
  /** Is told the age of a batch's last record when the function begins with it. */
  onAge: (milliseconds: number) => void;
  /** Is told what the last batch came to. */
  onResult: (result: string) => void;
  /** Is told why the stream cannot be read, or what was read not be dealt with. */
  onProblem: (problem: string) => void;
}

/** Most records that are read at a time. */
const readLimit = 1000;

/**
 * Reads a stream and invokes a function with its records, batch after batch: the next one when one is done
 * with. It sleeps while there are none. What a stop or a kill interrupts is done again after the next start.
 */
export class StreamPoller {
  readonly #options: StreamPollerOptions;
  readonly #stop = new AbortController();
  #from: string | undefined;
  #wake: () => void = () => undefined;
  #woken = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: StreamPollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends all waits; the function goes on, and what comes of it counts only if it succeeds. */
  abort(): void {
    this.#stop.abort();
    this.#wake();
  }

  /** Resolves when it does nothing any more. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#isStopped()) {
      try {
        await this.#follow();
      } catch (error) {
        if (!this.#isStopped()) {
          failures += 1;
          this.#options.onProblem(messageOf(error));
          await this.#pause(failures, "failed");
        }
      }
    }
  }

  async #follow(): Promise<void> {
    const stream = this.#options.open();
    this.#from ??= this.#options.from(stream);
    const unfollow = stream.follow(
      () => this.#from ?? stream.begin,
      () => {
        this.#woken = true;
        this.#wake();
      },
    );
    try {
      while (!this.#isStopped()) {
        this.#woken = false;
        const from = this.#from;
        const { records, next } = await this.#collect(stream, from);
        if (records.length > 0) {
          await this.#deliver(records, stream.shardId);
        }
        if (this.#isStopped()) {
          return;
        }
        if (next === from) {
          await this.#records();
        } else if (next > this.#from) {
          this.#advance(next);
        }
      }
    } finally {
      unfollow();
    }
  }

  /** Resolves when there are records that were not looked for. */
  async #records(): Promise<void> {
    if (!this.#woken && !this.#isStopped()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = () => undefined;
  }

  /** The next batch, and where the one after it begins. */
  async #collect(
    stream: StreamReader,
    from: string,
  ): Promise<{ records: SourceRecord[]; next: string }> {
    const { batchSize, maximumBatchingWindowSeconds, patterns } = this.#options.settings;
    const endsAt = this.#options.clock().getTime() + maximumBatchingWindowSeconds * 1000;
    let next = from;
    let records: SourceRecord[] = [];
    for (;;) {
      const read = await stream.read(next, readLimit);
      const found = [...records, ...filtered(read, patterns)];
      records = fitting(found.slice(0, batchSize));
      const isFull = records.length === batchSize || records.length < found.length;
      const last = isFull ? records.at(-1) : read.at(-1);
      next = last ? after(last) : next;
      const leftMs = endsAt - this.#options.clock().getTime();
      if (isFull || (read.length < readLimit && (records.length === 0 || leftMs <= 0))) {
        return { records, next };
      }
      if (read.length < readLimit) {
        await sleep(leftMs, undefined, { signal: this.#stop.signal, ref: false });
      }
    }
  }

  async #deliver(records: readonly SourceRecord[], shardId: string): Promise<void> {
    const parts: Part[] = [{ records, failures: 0, invokes: 0, throttles: 0 }];
    let part = parts.shift();
    while (part && !this.#isStopped()) {
      const rest = await this.#tryPart(part, shardId);
      parts.unshift(...rest);
      part = parts.shift();
    }
  }

  /** @returns what is to be tried next of it. */
  async #tryPart(part: Part, shardId: string): Promise<Part[]> {
    const { settings, clock } = this.#options;
    const attempt = this.#attemptOf(part);
    this.#options.onAge(clock().getTime() - writtenAt(part.records.at(-1)));
    const record = this.#options.begin(attempt);
    const response = await this.#attempt(attempt, record);
    if (response === "throttled") {
      record?.end({ status: 429, requestBody: attempt.payload });
      this.#options.onResult("PROBLEM: Function call was throttled");
      return this.#retry({ ...part, throttles: part.throttles + 1 }, "throttled", {
        shardId,
        requestId: attempt.requestId,
      });
    }
    record?.end({ ...outcomeOf(response), requestBody: attempt.payload });
    const result = resultOf(response, part.records, settings.reportsBatchItemFailures);
    const rest = this.#restOf(part, result);
    if (rest === undefined) {
      this.#options.onResult("OK");
      return [];
    }
    this.#options.onResult("PROBLEM: Function call failed");
    const [first] = rest;
    if (rest.length > 1 || first === undefined) {
      return rest;
    }
    return this.#retry(first, "failed", { shardId, requestId: attempt.requestId, response });
  }

  async #attempt(
    attempt: BatchAttempt,
    record: RequestRecord | undefined,
  ): Promise<FunctionResponse | "throttled"> {
    try {
      return await this.#options.attempt(attempt, record);
    } catch (error) {
      record?.end({ status: 500, requestBody: attempt.payload });
      throw error;
    }
  }

  /** Keeps what is done with. @returns what is not; nothing when all is. */
  #restOf(part: Part, result: BatchResult): Part[] | undefined {
    const lastDone = part.records[result.done - 1];
    if (lastDone) {
      this.#advance(after(lastDone));
    }
    return restOf(part, result, this.#options.settings.bisectBatchOnFunctionError);
  }

  /** @returns what is tried again, after a wait; nothing when it was given up. */
  async #retry(
    part: Part,
    cause: RetryCause,
    last: Pick<DiscardedBatch, "requestId" | "response" | "shardId">,
  ): Promise<Part[]> {
    const { settings, functionArn } = this.#options;
    const condition = conditionOf(part, settings, this.#options.clock());
    if (condition === undefined) {
      await this.#pause(cause === "failed" ? part.failures : part.throttles, cause);
      return this.#isStopped() ? [] : [part];
    }
    const { eventSourceArn: streamArn } = settings;
    const { records, invokes: invokeCount } = part;
    this.#options.discard({ ...last, functionArn, streamArn, records, condition, invokeCount });
    const given = records.at(-1);
    if (given) {
      this.#advance(after(given));
    }
    return [];
  }

  #attemptOf({ records }: Part): BatchAttempt {
    const { functionName, eventSourceArn } = this.#options.settings;
    return { requestId: randomUUID(), functionName, payload: eventOf(records, eventSourceArn) };
  }

  #advance(from: string): void {
    this.#options.keep(from);
    this.#from = from;
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #pause(retry: number, cause: RetryCause): Promise<void> {
    try {
      await this.#options.backoff(retry, cause, this.#stop.signal);
    } catch (error) {
      if (!this.#isStopped()) {
        throw error;
      }
    }
  }
}
