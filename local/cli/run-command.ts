import { inspect } from "node:util";
import { CommanderError } from "commander";
import { DamagedFileError } from "../aws/damaged-file-error";
import { PolicyPackError } from "../engine/policy-pack-error";
import { RunFailed } from "../engine/run-failed";
import { ConfigurationError } from "../engine/configuration-error";
import { Redactor } from "./redactor";
import { Shutdown, stopSignal } from "./shutdown";
import { isSystemError, UserError } from "./user-error";

/** What a command needs to be stopped. */
export interface CommandContext {
  /** Stops the command. */
  signal: AbortSignal;
  /** Gets the steps that undo what the command started, also when it fails. */
  shutdown: Shutdown;
  /** Keeps secrets out of what the command prints. */
  redactor: Redactor;
}

/**
 * Runs a command and undoes what it started.
 *
 * @param command returns its exit code.
 * @param interruptedExitCode the exit code after Ctrl-C.
 * @param signal stops the command. Default: Ctrl-C.
 * @returns the exit code, 1 after a failure.
 */
export async function runCommand(
  command: (context: CommandContext) => Promise<number>,
  interruptedExitCode: number,
  signal: AbortSignal = stopSignal(),
): Promise<number> {
  const shutdown = new Shutdown();
  const redactor = new Redactor();
  let exitCode: number;
  try {
    exitCode = await command({ signal, shutdown, redactor });
  } catch (error) {
    exitCode = signal.aborted ? interruptedExitCode : report(error, redactor);
  }
  try {
    await shutdown.run();
  } catch (error) {
    exitCode = report(error, redactor);
  }
  return exitCode;
}

/**
 * Says what went wrong, unless that was said already.
 *
 * @returns the exit code.
 */
export function report(error: unknown, redactor: Redactor): number {
  if (error instanceof CommanderError) {
    return error.exitCode;
  }
  if (isForUser(error)) {
    console.error(redactor.redact(`error: ${error.message}`));
  } else if (isSystemError(error, ...noRoom)) {
    console.error(
      `error: There is no room on the disk: ${error.syscall} failed with ${error.code}. Make some, or choose another folder with --data.`,
    );
  } else if (error instanceof AggregateError && error.errors.length > 0) {
    error.errors.forEach((each) => report(each, redactor));
  } else if (!(error instanceof RunFailed)) {
    console.error(redactor.redact(inspect(error)));
  }
  return 1;
}

/** What the system says where it has no room for what is written. */
const noRoom = ["ENOSPC", "EDQUOT"];

function isForUser(error: unknown): error is Error {
  const types = [UserError, ConfigurationError, DamagedFileError, PolicyPackError];
  return types.some((type) => error instanceof type);
}
