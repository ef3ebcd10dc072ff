import type { OutputFormat, Terminal } from "./printer";

/** Shorter texts are in too many others: hiding them would hide everything, as Pulumi knows too. */
const minLength = 3;

/** A line of a secret that is at least this long is one itself: messages are printed in lines. */
const minLineLength = 8;

/** Keeps secrets out of what is printed. */
export class Redactor {
  readonly #texts = new Set<string>();
  #pattern: RegExp | undefined;

  /** @param secrets what must not be shown from now on. */
  hide(secrets: readonly string[]): void {
    for (const text of secrets.flatMap(formsOf)) {
      if (text.length >= minLength) {
        this.#texts.add(text);
      }
    }
    // Of two that begin alike the longer one has to be found.
    const longestFirst = [...this.#texts].sort((one, other) => other.length - one.length);
    this.#pattern =
      longestFirst.length === 0 ? undefined : new RegExp(longestFirst.map(escaped).join("|"), "g");
  }

  redact(text: string): string {
    return this.#pattern === undefined ? text : text.replace(this.#pattern, "[secret]");
  }

  /** The terminal without the secrets, and how to write to it. */
  guard(terminal: Terminal, format?: OutputFormat): Terminal {
    return {
      isTTY: terminal.isTTY,
      get columns() {
        return terminal.columns;
      },
      ...(format && { format }),
      write: (text) => terminal.write(this.redact(text)),
      writeSoon: (text) =>
        terminal.writeSoon
          ? terminal.writeSoon(this.redact(text))
          : terminal.write(this.redact(text)),
    };
  }
}

/** The text, as JSON has it, and its longer lines. */
function formsOf(secret: string): string[] {
  const lines = secret.split("\n").filter((line) => line.length >= minLineLength);
  return [secret, ...lines].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
