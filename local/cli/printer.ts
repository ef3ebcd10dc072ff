import { createColors } from "picocolors";

/** Where a command writes, such as `process.stdout`. */
export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Writes to a terminal in the manner of Pulumi; in colour if it is one, unless `NO_COLOR` is set. */
export class Printer {
  readonly colored: boolean;
  readonly colors: ReturnType<typeof createColors>;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.colored = terminal.isTTY === true && !process.env.NO_COLOR;
    this.colors = createColors(this.colored);
  }

  line(text: string): void {
    this.#terminal.write(`${text}\n`);
  }

  heading(text: string): void {
    this.line(this.colors.bold(this.colors.magenta(text)));
  }
}
