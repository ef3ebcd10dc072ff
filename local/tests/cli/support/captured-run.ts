/** A run of a command that has ended. */
export interface CommandRun {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command in this process, where it need not be loaded anew, and gives what it prints to whoever
 * runs it. Nobody else may print meanwhile.
 *
 * @param command returns its exit code.
 */
export async function runCaptured(command: () => Promise<number>): Promise<CommandRun> {
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    const exitCode = await command();
    return { exitCode, stdout: stdout.text, stderr: stderr.text };
  } finally {
    stdout.end();
    stderr.end();
  }
}

/** Takes what is written to a stream of this process, until the end of that. */
function capture(stream: NodeJS.WriteStream): { text: string; end: () => void } {
  const write = Object.getOwnPropertyDescriptor(stream, "write");
  const captured = {
    text: "",
    end: () => {
      Reflect.deleteProperty(stream, "write");
      if (write) {
        Object.defineProperty(stream, "write", write);
      }
    },
  };
  stream.write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
    captured.text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    const written = rest.at(-1);
    if (typeof written === "function") {
      process.nextTick(written);
    }
    return true;
  };
  return captured;
}
