import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

/** A file of more bytes is emptied when all of it has been read. */
const defaultMaxBytes = 16 * 1024 * 1024;

/** One for all: it is used by one at a time. */
const buffer = Buffer.alloc(64 * 1024);

/**
 * Where a function writes its output, and what reads it line by line when it is told to. A pipe would wake
 * this process for each line; a file takes lines for a fraction of that. It has no name for longer than it
 * takes to open it, so that nothing is left of it whatever happens.
 */
export class OutputFile {
  /** For the function to write to. */
  readonly descriptor: number;
  readonly #decoder = new StringDecoder();
  readonly #onLines: (lines: string[]) => void;
  readonly #maxBytes: number;
  #position = 0;
  /** The begin of a line that has not ended. */
  #begun = "";
  #isClosed = false;

  /**
   * @param folder where it is for a moment.
   * @param onLines receives the lines that were read at a time.
   */
  constructor(
    folder: string,
    onLines: (lines: string[]) => void,
    maxBytes: number = defaultMaxBytes,
  ) {
    const path = join(folder, `output-${randomUUID()}`);
    this.descriptor = openSync(path, "a+", 0o600);
    rmSync(path);
    this.#onLines = onLines;
    this.#maxBytes = maxBytes;
  }

  /** Tells the lines that were written since it was read last. */
  read(): void {
    if (this.#isClosed) {
      return;
    }
    let length: number;
    do {
      length = this.#readNext();
      if (length > 0) {
        this.#add(this.#decoder.write(buffer.subarray(0, length)));
      }
      // What is shorter was the end.
    } while (length === buffer.length);
  }

  /**
   * Tells all that was written, also without a final line break, as lines: what follows is of another
   * invocation. Call it while the function does not work.
   */
  endLines(): void {
    this.read();
    this.#endLine();
    if (this.#position > this.#maxBytes) {
      this.#empty();
    }
  }

  /** Tells all that is left. */
  close(): void {
    if (!this.#isClosed) {
      this.read();
      this.#add(this.#decoder.end());
      this.#endLine();
      this.#isClosed = true;
      closeSync(this.descriptor);
    }
  }

  #readNext(): number {
    const length = readSync(this.descriptor, buffer, 0, buffer.length, this.#position);
    this.#position += length;
    return length;
  }

  #endLine(): void {
    if (this.#begun !== "") {
      this.#add("\n");
    }
  }

  #add(text: string): void {
    const lines = (this.#begun + text).split(/\r?\n/);
    this.#begun = lines.pop() ?? "";
    if (lines.length > 0) {
      this.#onLines(lines);
    }
  }

  /** Writing goes on at the end of the file, which is its begin then. */
  #empty(): void {
    if (!this.#isClosed && fstatSync(this.descriptor).size === this.#position) {
      ftruncateSync(this.descriptor);
      this.#position = 0;
    }
  }
}
