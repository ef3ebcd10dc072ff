import type { BatchOperation, Level } from "dynalite/db";

import { resourceNotFound } from "../errors";
import { withOwnNames } from "../safe-names";
import { ClosedStreams, isOver } from "./closed-streams";
import type { Stream, StreamRecord } from "./stream";
import { isChange, recordOf, type ItemChange } from "./stream-record";

/** Sequence numbers have 21 digits: they sort as text as they do as numbers. */
const base = 10n ** 20n;

/** Keys of the store; no table of dynalite's has any that begin so, and no table's name has a tilde. */
const prefix = "stream~";
const afterPrefix = (text: string) => `${text}\u007f`;

/** What a log is made with. */
export interface StreamLogOptions {
  db: Level;
  region: string;
  clock: () => Date;
}

/** Of a reader who must not miss a record: what it has not read yet. */
export type Unread = () => string;

/**
 * The records of all streams, in the store that has the items: each is written together with the
 * change that it tells of, or not at all.
 */
export class StreamLog {
  readonly #options: StreamLogOptions;
  readonly #streams = new Map<string, Stream>();
  readonly #closed: ClosedStreams;
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #unread = new Map<string, Set<Unread>>();
  /** Numbers of records that are being written, and the ARNs of their streams. */
  readonly #pending = new Map<bigint, string>();
  #next: bigint | undefined;

  /** The number that every record's is above. */
  readonly begin = String(base);

  constructor(options: StreamLogOptions) {
    this.#options = options;
    this.#closed = new ClosedStreams(options);
  }

  /** Goes on counting where an earlier run has ended. */
  async open(): Promise<void> {
    let last = base;
    for await (const place of this.#places()) {
      const range = { gte: `${place}~`, lt: afterPrefix(`${place}~`), reverse: true, limit: 1 };
      for await (const [key] of this.#options.db.iterator(range)) {
        const number = BigInt(key.slice(place.length + 1));
        last = number > last ? number : last;
      }
    }
    this.#next = last + 1n;
    await this.#closed.open();
  }

  /**
   * Says what stream a table has from now on; without one, records of changes are written no more. Those of one that
   * it had before can be read for a day.
   */
  async declare(tableName: string, stream: Stream | undefined): Promise<void> {
    const former = this.#streams.get(tableName);
    if (stream) {
      this.#streams.set(tableName, stream);
      await this.#closed.remove(stream.arn);
    } else {
      this.#streams.delete(tableName);
    }
    if (former && former.arn !== stream?.arn) {
      await this.#closed.add(former, String(this.#number()));
    }
  }

  /** The streams that can be read: those of tables, and those that were closed within a day. */
  streams(): Stream[] {
    return [...this.#streams.values(), ...this.#closed.all()];
  }

  /** The number that those of all records of a stream are below that is closed; of another there is none. */
  endOfClosed({ arn }: Stream): string | undefined {
    return this.#closed.find(arn)?.end;
  }

  /**
   * The stream of that ARN, which can be read.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  find(arn: string): Stream {
    const found = this.streams().find((stream) => stream.arn === arn);
    if (found === undefined) {
      throw resourceNotFound(`Stream: ${arn}`);
    }
    return found;
  }

  /** Writes what changes items, with records of the changes, at one stroke. */
  async commit(operations: BatchOperation[], changes: readonly ItemChange[]): Promise<void> {
    const told = changes.flatMap((change) => {
      const stream = this.#streams.get(change.tableName);
      return stream && isChange(change) ? { stream, change, number: this.#take(stream) } : [];
    });
    const { db, clock, region } = this.#options;
    const now = clock();
    const puts = told.map(({ stream, change, number }): BatchOperation => {
      const sequenceNumber = String(number);
      const record = recordOf(change, { stream, region, sequenceNumber, now });
      return { type: "put", key: keyOf(stream, sequenceNumber), value: record };
    });
    try {
      await db.batch([...operations, ...puts]);
    } finally {
      for (const { number } of told) {
        this.#pending.delete(number);
      }
    }
    this.#wake(told.map(({ stream }) => stream.arn));
  }

  /**
   * Records from a number on, in their order. What comes after one that is being written is told once that is.
   *
   * @param from a sequence number; an empty text for the first that there is.
   */
  async read(stream: Stream, from: string, limit: number): Promise<StreamRecord[]> {
    const records: StreamRecord[] = [];
    const range = { gte: keyOf(stream, from), lt: keyOf(stream, this.end(stream)), limit };
    // Its names are found in what is stored: made into values first, all would have to be looked through.
    for await (const [, json] of this.#options.db.iterator({ ...range, valueEncoding: "utf8" })) {
      records.push(JSON.parse(withOwnNames(json)) as StreamRecord);
    }
    return records;
  }

  /** The number that everything that can be read of a stream is below. */
  end({ arn }: Stream): string {
    const closed = this.#closed.find(arn);
    let least = closed ? BigInt(closed.end) : this.#number();
    for (const [number, stream] of this.#pending) {
      least = stream === arn && number < least ? number : least;
    }
    return String(least);
  }

  /**
   * Calls back after records were written to a stream, and keeps what was not read, however old.
   *
   * @returns ends it.
   */
  follow(arn: string, unread: Unread, onRecords: () => void): () => void {
    addTo(this.#listeners, arn, onRecords);
    addTo(this.#unread, arn, unread);
    return () => {
      this.#listeners.get(arn)?.delete(onRecords);
      this.#unread.get(arn)?.delete(unread);
    };
  }

  /** Removes what is older than a day, of streams that are no more all. */
  async sweep(): Promise<void> {
    const { db } = this.#options;
    await this.#closed.sweep();
    const streams = new Map(this.streams().map((stream) => [placeOf(stream), stream]));
    for await (const place of this.#places()) {
      const stream = streams.get(place);
      const old: string[] = [];
      const range = { gte: `${place}~`, lt: afterPrefix(`${place}~`) };
      for await (const [key, value] of db.iterator(range)) {
        if (stream && !this.#isOld(value as StreamRecord)) {
          break;
        }
        old.push(key);
      }
      // Asked for only now: somebody may have begun to follow the stream meanwhile.
      const keep = stream ? this.#keptFrom(stream) : afterPrefix("");
      const unneeded = old.filter((key) => key.slice(place.length + 1) < keep);
      await db.batch(unneeded.map((key) => ({ type: "del", key })));
    }
  }

  #keptFrom(stream: Stream): string {
    const unread = [...(this.#unread.get(stream.arn) ?? [])].map((each) => each());
    return unread.reduce((least, each) => (each < least ? each : least), this.end(stream));
  }

  #isOld({ dynamodb }: StreamRecord): boolean {
    return isOver(dynamodb.ApproximateCreationDateTime * 1000, this.#options.clock());
  }

  #number(): bigint {
    if (this.#next === undefined) {
      throw new Error("The streams have not been opened.");
    }
    return this.#next;
  }

  #take({ arn }: Stream): bigint {
    const number = this.#number();
    this.#next = number + 1n;
    this.#pending.set(number, arn);
    return number;
  }

  #wake(arns: readonly string[]): void {
    for (const arn of new Set(arns)) {
      for (const listener of this.#listeners.get(arn) ?? []) {
        listener();
      }
    }
  }

  /** Where records are: the beginning of the keys of each stream that has left any. */
  async *#places(): AsyncGenerator<string> {
    let from = prefix;
    for (;;) {
      let place: string | undefined;
      const range = { gte: from, lt: afterPrefix(prefix), limit: 1 };
      for await (const [key] of this.#options.db.iterator(range)) {
        place = key.slice(0, key.lastIndexOf("~"));
      }
      if (place === undefined) {
        return;
      }
      yield place;
      from = afterPrefix(`${place}~`);
    }
  }
}

function placeOf({ tableName, label }: Stream): string {
  return `${prefix}${tableName}~${label}`;
}

function keyOf(stream: Stream, sequenceNumber: string): string {
  return `${placeOf(stream)}~${sequenceNumber}`;
}

function addTo<Item>(sets: Map<string, Set<Item>>, key: string, item: Item): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(item));
}
