import { createInterface } from "node:readline";
import type { Ask } from "./consent";

/**
 * How the person at a terminal is asked.
 *
 * @returns nothing where input or output is no terminal.
 */
export function askTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Ask | undefined {
  return input.isTTY && output.isTTY
    ? (question, signal) => ask(input, output, question, signal)
    : undefined;
}

/** The terminal stays as it is, so that Ctrl-C is a signal to this process all the while. */
async function ask(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  output.write(question);
  const lines = createInterface({ input, terminal: false });
  try {
    return await new Promise((resolve) => {
      const giveUp = () => {
        resolve(undefined);
      };
      lines.once("line", resolve).once("close", giveUp);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) {
        giveUp();
      }
    });
  } finally {
    lines.close();
    input.pause();
  }
}
