import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface CommandOptions {
  cwd: string;
  /** Variables that it gets beside this process's. */
  env: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/** Of a shell, which alone can tell what all that a command has started took, also where that was killed. */
const timed = '"$@" > /dev/null || exit; times';

/**
 * The processor time of a command and of all processes that it starts and waits for, in seconds.
 *
 * @throws Error when the command fails, with what it said.
 */
export async function processorSeconds(
  command: readonly string[],
  { cwd, env, signal }: CommandOptions,
): Promise<number> {
  const { stdout } = await promisify(execFile)("sh", ["-c", timed, "sh", ...command], {
    cwd,
    env: { ...process.env, ...env },
    signal,
  });
  return secondsIn(stdout);
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#times */
function secondsIn(times: string): number {
  const [, ofChildren = ""] = times.trim().split("\n");
  const parts = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) {
    throw new Error(`The shell tells times in another way: ${times}`);
  }
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
