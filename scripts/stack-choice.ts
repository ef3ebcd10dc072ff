import type { Command } from "commander";
import { UserError } from "../local/cli/user-error";

/** Which stack a command is about: that of a local run, unless one of both is given. */
export interface StackChoice {
  /** The stack whose outputs the Pulumi CLI is asked for. */
  stack?: string;
  /** The file of the stack's outputs, relative to the working directory. */
  outputs?: string;
}

/** Gives a command the options by which a stack is named. */
export function takeStack(command: Command): Command {
  return command
    .option("--stack <name>", "stack whose outputs the Pulumi CLI is asked for")
    .option("--outputs <file>", "outputs of the stack, as JSON (default: .local/outputs.json)");
}

/** @throws UserError when two stacks are named. */
export function requireOneStack({ stack, outputs }: StackChoice): void {
  if (stack !== undefined && outputs !== undefined) {
    throw new UserError("--stack and --outputs each name a stack: give one of them.");
  }
}
