import type { Terminal } from "./printer";

/** How long a text waits for others at most, in milliseconds: nobody sees it. */
const delayMs = 20;

/**
 * A terminal that writes what need not be seen at once together with what follows: a busy run prints a line
 * for each request, and a write takes longer than all else about it, for whoever reads it, too. The
 * order stays, and nothing waits when the process ends.
 */
export function joinedWrites(terminal: Terminal): Terminal {
  let waiting = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    process.off("exit", flush);
    const text = waiting;
    waiting = "";
    if (text !== "") {
      terminal.write(text);
    }
  };
  return {
    isTTY: terminal.isTTY === true,
    get columns() {
      return terminal.columns;
    },
    write(text) {
      flush();
      return terminal.write(text);
    },
    writeSoon(text) {
      waiting += text;
      if (timer === undefined) {
        timer = setTimeout(flush, delayMs);
        process.on("exit", flush);
      }
    },
  };
}
