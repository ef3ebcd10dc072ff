import { askTerminal } from "./ask-terminal";
import { joinedWrites } from "./joined-writes";
import type { StartCloud } from "./local-cloud";
import { outputFormatOf, parseOptions } from "./options";
import { optimizeSooner } from "./optimize-sooner";
import { releaseMemory } from "./release-memory";
import { runCommand } from "./run-command";
import { aborted } from "./shutdown";
import { start } from "./start";

/** What a command needs from its surroundings. */
export interface RunSettings {
  /** The command line after the script's name. */
  args: readonly string[];
  /** The folder of `Pulumi.yaml`. */
  projectDir: string;
  startCloud: StartCloud;
}

/**
 * Serves the program until it is stopped.
 *
 * @param signal stops it. Default: Ctrl-C.
 * @returns the exit code: 0 after a stop that was asked for, 1 after a failure.
 */
export function run(
  { args, projectDir, startCloud }: RunSettings,
  signal?: AbortSignal,
): Promise<number> {
  return runCommand(
    async (context) => {
      const options = parseOptions(args);
      const format = outputFormatOf(options);
      const terminal = context.redactor.guard(joinedWrites(process.stdout), format);
      // A program that reads JSON cannot be asked.
      const ask = format === "json" ? undefined : askTerminal(process.stdin, process.stdout);
      await start({ ...options, ...context, projectDir, startCloud, terminal, ask });
      releaseMemory();
      optimizeSooner();
      await aborted(context.signal);
      return 0;
    },
    0,
    signal,
  );
}
