import { closeSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Notify } from "../notice";
import { appendWhole } from "./append-whole";
import { LogIndex, type IndexedEvent } from "./log-index";

/**
 * Where the events of a log group go: `/aws/lambda/resize` goes to `<folder>/aws/lambda/resize.log`.
 * CloudWatch takes `..` as part of a name; here such a segment is escaped, so that no name leaves
 * the folder.
 */
export function logFilePath(folder: string, group: string): string {
  const segments = group
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => (/^\.+$/.test(segment) ? segment.replaceAll(".", "%2E") : segment));
  return `${join(folder, ...segments)}.log`;
}

/** An event of a log file. */
export interface LoggedEvent extends IndexedEvent {
  message: string;
}

/** An append-only file that only its owner can read, and beside it an index of when who wrote what. */
export class LogFile {
  readonly #descriptor: number;
  readonly #index: LogIndex;

  /** @param notify told of what cannot be written of the index. */
  constructor(path: string, notify: Notify) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#descriptor = openSync(path, "a+", 0o600);
    this.#index = new LogIndex(path, notify);
  }

  /**
   * Writes synchronously: lines keep their order, and none is lost when the process is killed.
   *
   * @param at when all lines were written, or each of them.
   * @throws the system's error, such as `ENOSPC`; nothing is written then.
   */
  append(at: Date | readonly Date[], stream: string, lines: readonly string[]): void {
    appendWhole(this.#descriptor, lines.map((line) => `${line}\n`).join(""));
    if (at instanceof Date) {
      this.#index.add(at.getTime(), stream, lines);
      return;
    }
    for (const [time, together] of byTime(at, lines)) {
      this.#index.add(time, stream, together);
    }
  }

  /** Bytes that are in it. */
  get size(): number {
    return fstatSync(this.#descriptor).size;
  }

  /** Adds a stream that has no event as yet. */
  addStream(at: Date, name: string): void {
    this.#index.add(at.getTime(), name, []);
    this.#index.flush();
  }

  /** Has what is known of events written at once, which else waits for more. */
  flush(): void {
    this.#index.flush();
  }

  /** When each stream was made, or had its first event, by its name. */
  streams(): ReadonlyMap<string, Date> {
    return this.#index.streams();
  }

  /** What is known of all events, in the order in which they were written. */
  events(): IndexedEvent[] {
    return this.#index.events();
  }

  /** An event with its message. */
  read(event: IndexedEvent): LoggedEvent {
    const buffer = Buffer.alloc(event.bytes - 1);
    readSync(this.#descriptor, buffer, 0, buffer.length, event.offset);
    return { ...event, message: buffer.toString() };
  }

  close(): void {
    this.#index.flush();
    closeSync(this.#descriptor);
  }

  /** Closes it, and removes what is known of its events. */
  forget(): void {
    this.#index.remove();
    closeSync(this.#descriptor);
  }
}

/** Lines of the same time that follow on each other, with that time in milliseconds since 1970. */
function byTime(times: readonly Date[], lines: readonly string[]): [number, string[]][] {
  const groups: [number, string[]][] = [];
  for (const [index, line] of lines.entries()) {
    const time = (times[index] ?? new Date()).getTime();
    const [last] = groups.slice(-1);
    if (last?.[0] === time) {
      last[1].push(line);
    } else {
      groups.push([time, [line]]);
    }
  }
  return groups;
}
