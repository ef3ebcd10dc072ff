import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Reads the output of a function line by line, and knows where the output of an invocation ends. */
export class OutputLines {
  #marker: string | undefined;
  #reached: () => void = () => undefined;

  constructor(stream: Readable, onLine: (line: string) => void) {
    createInterface(stream).on("line", (line) => {
      if (this.#marker === undefined || !line.endsWith(this.#marker)) {
        onLine(line);
        return;
      }
      // What the function wrote without a final newline stands before the marker.
      if (line !== this.#marker) {
        onLine(line.slice(0, -this.#marker.length));
      }
      this.#reached();
    });
  }

  /** Resolves when a line ends with `marker`, which is not part of the output. */
  async until(marker: string): Promise<void> {
    this.#marker = marker;
    await new Promise<void>((resolve) => {
      this.#reached = resolve;
    });
  }
}
