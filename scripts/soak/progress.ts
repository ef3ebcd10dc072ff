/** How often a line is printed at most, in milliseconds. */
const intervalMs = { terminal: 200, log: 5000 };

/** Shows how far a proof is: on a terminal in one line that changes, else in a line now and then. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  #shownAt = -Infinity;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(line: string): void {
    const { isTTY } = this.#stream;
    const now = performance.now();
    if (now - this.#shownAt >= (isTTY ? intervalMs.terminal : intervalMs.log)) {
      this.#shownAt = now;
      this.#stream.write(isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    }
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.#stream.isTTY) {
      this.#stream.write("\r\x1b[K");
    }
    this.#shownAt = -Infinity;
  }
}
