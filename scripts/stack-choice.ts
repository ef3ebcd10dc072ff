import type { Command } from "commander";
import { defaultDataFolder } from "../local/cli/data-folder";
import { UserError } from "../local/cli/user-error";

/** Where the outputs of a stack are. Paths are relative to the working directory. */
export interface OutputsChoice {
  /** The data folder of the local run that wrote them. Default: `.local`. */
  data?: string;
  /** The file that has them. Default: that of the local run. */
  outputs?: string;
}

/** Which stack a command is about: that of the local run in `.local`, unless one of these is given. */
export interface StackChoice extends OutputsChoice {
  /** The stack whose outputs the Pulumi CLI is asked for. */
  stack?: string;
}

/** Gives a command the options by which outputs are named. */
export function takeOutputs(command: Command): Command {
  return command
    .option("--data <dir>", `folder of the local run (default: ${defaultDataFolder})`)
    .option("--outputs <file>", "outputs of the stack, as JSON (default: those of the local run)");
}

/** Gives a command the options by which a stack is named. */
export function takeStack(command: Command): Command {
  return takeOutputs(
    command.option("--stack <name>", "stack whose outputs the Pulumi CLI is asked for"),
  );
}

/** @throws UserError when two stacks are named. */
export function requireOneStack({ stack, data, outputs }: StackChoice): void {
  const given = Object.entries({ stack, data, outputs }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const names = given.map(([name]) => `--${name}`).join(" and ");
    throw new UserError(`${names} each name a stack: give one of them.`);
  }
}
