import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { messageOf } from "../../message-of";
import type { Notify } from "../notice";
import { appendWhole } from "./append-whole";

/**
 * Events that were written together: when, by which stream, and how many bytes each has in the file. Without any, it
 * is when the stream was made.
 */
type IndexRecord = readonly [at: number, stream: string, bytes: readonly number[]];

/** Where an event is in the file, and what is known of it. */
export interface IndexedEvent {
  /** Milliseconds since 1970. */
  at: number;
  stream: string;
  /** Counts from 0 in the file. */
  position: number;
  /** Of its first byte. */
  offset: number;
  /** With the line feed that ends it. */
  bytes: number;
}

/** The stream of what stands in a file without anybody knowing who wrote it. */
const unknownStream = "unknown";

/** Records wait so long before they are written: a log is written for each request. */
const writeDelayMs = 500;

/**
 * When and by which stream each event of a log file was written, kept in a file beside it: the log
 * itself has nothing but messages. What was not yet written when the process was killed is made up
 * from the log at the next start.
 */
export class LogIndex {
  readonly #path: string;
  readonly #notify: Notify;
  #waiting: IndexRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Once somebody has asked. */
  #streams: Map<string, Date> | undefined;

  /**
   * @param logPath of the log, which exists.
   * @param notify told of each write that fails.
   */
  constructor(logPath: string, notify: Notify) {
    this.#path = `${logPath}.index`;
    this.#notify = notify;
    this.#reconcile(logPath);
  }

  add(at: number, stream: string, lines: readonly string[]): void {
    this.#waiting.push([at, stream, lines.map((line) => Buffer.byteLength(line) + 1)]);
    if (this.#streams) {
      noteStream(this.#streams, stream, at);
    }
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, writeDelayMs).unref();
  }

  /** Writes what waits. What cannot be written waits on, for the next time that something is. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) {
      return;
    }
    try {
      this.#append(this.#waiting.map((record) => `${JSON.stringify(record)}\n`).join(""));
      this.#waiting = [];
    } catch (error) {
      this.#notify(`times and streams of log events wait to be written: ${messageOf(error)}`);
    }
  }

  /** All events, in the order in which they were written. */
  events(): IndexedEvent[] {
    this.flush();
    return this.#read();
  }

  /** When each stream was made, or had its first event, by its name. */
  streams(): ReadonlyMap<string, Date> {
    if (this.#streams === undefined) {
      this.flush();
      this.#streams = new Map();
      for (const [at, stream] of this.#records()) {
        noteStream(this.#streams, stream, at);
      }
    }
    return this.#streams;
  }

  remove(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
    rmSync(this.#path, { force: true });
  }

  #append(text: string): void {
    const descriptor = openSync(this.#path, "a", 0o600);
    try {
      appendWhole(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
  }

  #read(): IndexedEvent[] {
    const events: IndexedEvent[] = [];
    let offset = 0;
    for (const [at, stream, sizes] of this.#records()) {
      for (const bytes of sizes) {
        events.push({ at, stream, position: events.length, offset, bytes });
        offset += bytes;
      }
    }
    return events;
  }

  #records(): IndexRecord[] {
    const text = existsSync(this.#path) ? readFileSync(this.#path, "utf8") : "";
    const lines = text.split("\n").filter((each) => each !== "");
    return [...lines.map((line) => JSON.parse(line) as IndexRecord), ...this.#waiting];
  }

  /** Makes up for what the index lacks of the log; one that fits it no more is begun anew. */
  #reconcile(logPath: string): void {
    const { size, mtimeMs } = statSync(logPath);
    const last = this.#readOrNothing().at(-1);
    const indexed = last === undefined ? 0 : last.offset + last.bytes;
    if (indexed > size) {
      rmSync(this.#path, { force: true });
    }
    const from = indexed > size ? 0 : indexed;
    if (from < size) {
      const text = readFileSync(logPath).subarray(from).toString();
      const lines = text.replace(/\n$/, "").split("\n");
      this.add(Math.floor(mtimeMs), unknownStream, lines);
      this.flush();
    }
  }

  /** A record of which a kill left half makes the index void. */
  #readOrNothing(): IndexedEvent[] {
    try {
      return this.#read();
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        throw error;
      }
      rmSync(this.#path, { force: true });
      return [];
    }
  }
}

function noteStream(streams: Map<string, Date>, name: string, at: number): void {
  const known = streams.get(name);
  if (known === undefined || known.getTime() > at) {
    streams.set(name, new Date(at));
  }
}
