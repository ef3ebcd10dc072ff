import { execFile } from "node:child_process";
import { promisify } from "node:util";

export interface ScriptOptions {
  /** Default: this process's. */
  cwd?: string;
  /** All variables that it gets. Default: this process's. */
  env?: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/** Bytes that a script may log to stdout, as functions do with every request. */
const maxBuffer = 1024 ** 3;

/**
 * What a script has measured, in a process of its own: it writes that to stderr, as JSON.
 *
 * @param args of Node.js: the script and what it is given.
 * @throws Error when the script fails, with what it said.
 */
export async function measuredBy<Result>(
  args: readonly string[],
  { cwd, env, signal }: ScriptOptions,
): Promise<Result> {
  const options = { cwd, env: env ?? process.env, signal, maxBuffer };
  const { stderr } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stderr) as Result;
}
