import { CommanderError } from "commander";
import { RunFailed } from "../engine/run-program";
import { ConfigurationError } from "../engine/yaml-file";
import type { StartCloud } from "./local-cloud";
import { parseOptions } from "./options";
import { aborted, Shutdown, stopSignal } from "./shutdown";
import { start } from "./start";
import { UserError } from "./user-error";

/** What `run` needs from its surroundings. */
export interface RunSettings {
  /** The command line after the script's name. */
  args: readonly string[];
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: StartCloud;
}

/**
 * Serves the program until Ctrl-C.
 *
 * @returns the exit code: 0 after a stop that was asked for, 1 after a failure.
 */
export async function run({ args, projectDir, startCloud }: RunSettings): Promise<number> {
  const signal = stopSignal();
  const shutdown = new Shutdown();
  let exitCode = 0;
  try {
    const options = parseOptions(args);
    await start({
      ...options,
      projectDir,
      startCloud,
      terminal: process.stdout,
      signal,
      shutdown,
    });
    await aborted(signal);
  } catch (error) {
    exitCode = signal.aborted ? 0 : report(error);
  }
  try {
    await shutdown.run();
  } catch (error) {
    exitCode = report(error);
  }
  return exitCode;
}

/** Says what went wrong, unless that was said already. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode;
  }
  if (error instanceof UserError || error instanceof ConfigurationError) {
    console.error(`error: ${error.message}`);
  } else if (!(error instanceof RunFailed)) {
    console.error(error);
  }
  return 1;
}
