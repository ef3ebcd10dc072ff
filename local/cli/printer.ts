import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import type { RunRecord } from "./run-record";

/**
 * How a run prints: all of it as text; of the text only errors, mails and the result of the start; or
 * all of it as JSON, one object a line.
 */
export type OutputFormat = "json" | "quiet" | "text";

/** Where a command writes, such as `process.stdout`. */
export interface Terminal {
  isTTY?: boolean;
  /** Characters of a line, if it is known. */
  readonly columns?: number;
  /** Default: text. */
  format?: OutputFormat;
  write(text: string): unknown;
  /** The same for what need not be seen at once. Default: at once. */
  writeSoon?(text: string): unknown;
}

/** What can be said of as text is quiet about when nobody wants to see the run at work. */
const hiddenWhenQuiet: ReadonlySet<RunRecord["type"]> = new Set([
  "alarm",
  "attempt",
  "request",
  "resources",
  "start",
  "step",
]);

/** Writes to a terminal in the manner of Pulumi; in colour if it is one, unless `NO_COLOR` is set. */
export class Printer {
  readonly colored: boolean;
  readonly colors: ReturnType<typeof createColors>;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.colored = terminal.isTTY === true && terminal.format !== "json" && !process.env.NO_COLOR;
    this.colors = createColors(this.colored);
  }

  /** Characters of a line; unset where lines are not cut. */
  get columns(): number | undefined {
    return this.#terminal.isTTY === true ? this.#terminal.columns : undefined;
  }

  get #format(): OutputFormat {
    return this.#terminal.format ?? "text";
  }

  /**
   * Prints one line.
   *
   * @param record the same for programs. Default: the text.
   */
  line(text: string, record?: RunRecord): void {
    this.lines([text], record ?? messageOf([text]));
  }

  /** Prints one line of which there may be hundreds a second, maybe together with others. */
  lineSoon(text: string, record: RunRecord): void {
    for (const line of this.#shown([text], [record])) {
      if (this.#terminal.writeSoon) {
        this.#terminal.writeSoon(`${line}\n`);
      } else {
        this.#write(line);
      }
    }
  }

  /** Prints lines that say together what the records say. */
  lines(texts: readonly string[], records: RunRecord | readonly RunRecord[]): void {
    for (const line of this.#shown(texts, [records].flat())) {
      this.#write(line);
    }
  }

  /** What of them is printed in this format. */
  #shown(texts: readonly string[], records: readonly RunRecord[]): readonly string[] {
    if (this.#format === "json") {
      return records.map((record) => JSON.stringify(record));
    }
    const isShown =
      this.#format === "text" || !records.every(({ type }) => hiddenWhenQuiet.has(type));
    return isShown ? texts : [];
  }

  /** Prints what only helps people to read the rest. */
  decoration(text: string): void {
    if (this.#format === "text") {
      this.#write(text);
    }
  }

  heading(text: string): void {
    this.decoration(this.colors.bold(this.colors.magenta(text)));
  }

  #write(text: string): void {
    this.#terminal.write(`${text}\n`);
  }
}

function messageOf(texts: readonly string[]): RunRecord[] {
  const text = stripVTControlCharacters(texts.join("\n")).trim();
  return text === "" ? [] : [{ type: "message", text }];
}
