import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

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

/** An append-only file that only its owner can read. */
export class LogFile {
  readonly #descriptor: number;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#descriptor = openSync(path, "a", 0o600);
  }

  /** Writes synchronously: lines keep their order, and none is lost when the process is killed. */
  append(lines: readonly string[]): void {
    writeSync(this.#descriptor, lines.map((line) => `${line}\n`).join(""));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
