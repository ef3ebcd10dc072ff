import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import type { Readable, Writable } from "node:stream";
import type { Ask } from "./consent";

interface MayBeTerminal {
  isTTY?: boolean | undefined;
}

/**
 * How the person at a terminal is asked.
 *
 * @returns nothing where input or output is no terminal.
 */
export function askTerminal(
  input: MayBeTerminal & Readable,
  output: MayBeTerminal & Writable,
): Ask | undefined {
  return input.isTTY && output.isTTY
    ? (question, signal) => ask(input, output, question, signal)
    : undefined;
}

/** Milliseconds within which a terminal hands over what has been typed before. */
const handOverMs = 50;

/** What was typed before a question is no answer to it: it may have been meant for another one. */
async function dropTyped(input: Readable): Promise<void> {
  const drop = () => undefined;
  input.on("data", drop);
  await setTimeout(handOverMs);
  input.off("data", drop).pause();
}

/** The terminal stays as it is, so that Ctrl-C is a signal to this process all the while. */
async function ask(
  input: Readable,
  output: Writable,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  await dropTyped(input);
  output.write(question);
  if (input.readableEnded) {
    output.write("\n");
    return undefined;
  }
  const lines = createInterface({ input, terminal: false });
  try {
    const answer = await new Promise<string | undefined>((resolve) => {
      const giveUp = () => {
        resolve(undefined);
      };
      lines.once("line", resolve).once("close", giveUp);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) {
        giveUp();
      }
    });
    if (answer === undefined) {
      // What is printed next is no answer.
      output.write("\n");
    }
    return answer;
  } finally {
    lines.close();
    input.pause();
  }
}
