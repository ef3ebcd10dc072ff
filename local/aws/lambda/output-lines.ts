import { StringDecoder } from "node:string_decoder";
import type { Readable } from "node:stream";

/** Reads the output of a function line by line. */
export class OutputLines {
  readonly #decoder = new StringDecoder();
  readonly #onLine: (line: string) => void;
  /** The begin of a line that has not ended. */
  #begun = "";

  constructor(stream: Readable, onLine: (line: string) => void) {
    this.#onLine = onLine;
    stream.on("data", (chunk: Buffer) => {
      this.#add(this.#decoder.write(chunk));
    });
    stream.once("end", () => {
      this.#add(this.#decoder.end());
      this.endLine();
    });
  }

  /** Takes what was written without a final line break as a line: what follows is of another invocation. */
  endLine(): void {
    if (this.#begun !== "") {
      this.#add("\n");
    }
  }

  #add(text: string): void {
    const lines = (this.#begun + text).split(/\r?\n/);
    this.#begun = lines.pop() ?? "";
    lines.forEach(this.#onLine);
  }
}
