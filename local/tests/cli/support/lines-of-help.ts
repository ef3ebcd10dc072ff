import { mock } from "node:test";
import { CommanderError } from "commander";

/** What a command prints with `--help` where its output is no terminal. */
export function helpOf(parse: (args: readonly string[]) => unknown): string {
  const write = mock.method(process.stdout, "write", () => true);
  try {
    parse(["--help"]);
  } catch (error) {
    // Commands that are done are ended by one.
    if (!(error instanceof CommanderError)) {
      throw error;
    }
  } finally {
    write.mock.restore();
  }
  return write.mock.calls.map(({ arguments: [text] }) => String(text)).join("");
}

/** Lines of a paragraph that end though the next word would have had room in 80 columns, as when a text is broken twice. */
export function brokenEarly(paragraph: string): string[] {
  const lines = paragraph.split("\n");
  return lines.filter((line, at) => {
    const [next] = lines[at + 1]?.split(" ") ?? [];
    return next !== undefined && next !== "" && `${line} ${next}`.length <= 80;
  });
}
