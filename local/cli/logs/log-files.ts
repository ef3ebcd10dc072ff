import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { StringDecoder } from "node:string_decoder";

/** What files of log groups end with. */
const extension = ".log";

/** A log group of a run, which may still be up. */
export interface LogGroupFile {
  /** Such as `/aws/lambda/resize`; groups whose names begin without a slash have none here either. */
  group: string;
  path: string;
}

/**
 * The log groups of a run.
 *
 * @param folder where CloudWatch Logs keeps them, which need not be there yet.
 */
export function logGroupFiles(folder: string): LogGroupFile[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name))
    .map((path) => ({ path, group: groupOf(folder, path) }));
}

/** The reverse of how files are named after groups. */
function groupOf(folder: string, path: string): string {
  const name = relative(folder, path).slice(0, -extension.length).split(sep).join("/");
  const decoded = name.replaceAll("%2E", ".");
  // Names that begin with a slash are the rule, but for those of API Gateway's execution logs.
  return decoded.startsWith("API-Gateway-Execution-Logs_") ? decoded : `/${decoded}`;
}

/** Reads what is appended to a file, line by line, also after it was made anew or cut. */
export class LineReader {
  readonly #path: string;
  #decoder = new StringDecoder("utf8");
  #inode = 0;
  #offset = 0;
  /** The beginning of a line whose end is not written yet. */
  #rest = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** The lines that were ended since the last time, and when the file was changed. */
  read(): { lines: string[]; modifiedAt: number } {
    let descriptor: number;
    try {
      descriptor = openSync(this.#path, "r");
    } catch {
      // It has just been removed, and may come again.
      return { lines: [], modifiedAt: 0 };
    }
    try {
      const { ino, size, mtimeMs } = fstatSync(descriptor);
      if (ino !== this.#inode || size < this.#offset) {
        this.#restart(ino);
      }
      const buffer = Buffer.alloc(size - this.#offset);
      const length = readSync(descriptor, buffer, 0, buffer.length, this.#offset);
      this.#offset += length;
      const texts = (this.#rest + this.#decoder.write(buffer.subarray(0, length))).split("\n");
      this.#rest = texts.pop() ?? "";
      return { lines: texts, modifiedAt: mtimeMs };
    } finally {
      closeSync(descriptor);
    }
  }

  #restart(inode: number): void {
    this.#inode = inode;
    this.#offset = 0;
    this.#rest = "";
    this.#decoder = new StringDecoder("utf8");
  }
}
