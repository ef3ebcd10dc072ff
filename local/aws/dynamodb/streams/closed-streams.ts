import type { Level } from "dynalite/db";

import type { ClosedStream, Stream } from "./stream";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const retentionMs = 24 * 60 * 60 * 1000;

/** Keys of the store; no table of dynalite's has any that begin so. */
const prefix = "closed-stream~";

/** What closed streams are kept with. */
export interface ClosedStreamsOptions {
  db: Level;
  clock: () => Date;
}

/** The streams that tables have no longer, in the store that has their records. */
export class ClosedStreams {
  readonly #options: ClosedStreamsOptions;
  /** By ARN. */
  readonly #streams = new Map<string, ClosedStream>();

  constructor(options: ClosedStreamsOptions) {
    this.#options = options;
  }

  /** Knows again those that earlier runs have closed. */
  async open(): Promise<void> {
    const range = { gte: prefix, lt: `${prefix}\u007f` };
    for await (const [, value] of this.#options.db.iterator(range)) {
      const stream = value as ClosedStream;
      this.#streams.set(stream.arn, stream);
    }
  }

  /** @param end the number that those of all its records are below. */
  async add(stream: Stream, end: string): Promise<void> {
    const closed = { ...stream, closedAt: this.#options.clock().getTime(), end };
    this.#streams.set(stream.arn, closed);
    await this.#options.db.batch([{ type: "put", key: keyOf(stream.arn), value: closed }]);
  }

  /** Forgets one that a table has again. */
  async remove(arn: string): Promise<void> {
    if (this.#streams.delete(arn)) {
      await this.#options.db.batch([{ type: "del", key: keyOf(arn) }]);
    }
  }

  /** Those that were closed within a day. */
  all(): ClosedStream[] {
    const now = this.#options.clock();
    return [...this.#streams.values()].filter(({ closedAt }) => !isOver(closedAt, now));
  }

  find(arn: string): ClosedStream | undefined {
    return this.#streams.get(arn);
  }

  /** Forgets those that were closed before that. */
  async sweep(): Promise<void> {
    const now = this.#options.clock();
    for (const { arn, closedAt } of [...this.#streams.values()]) {
      if (isOver(closedAt, now)) {
        await this.remove(arn);
      }
    }
  }
}

/** Whether what was written then, in milliseconds since 1970, is to be read no longer. */
export function isOver(time: number, now: Date): boolean {
  return now.getTime() - time > retentionMs;
}

function keyOf(arn: string): string {
  return `${prefix}${arn}`;
}
