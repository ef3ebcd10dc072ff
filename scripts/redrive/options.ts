import { InvalidArgumentError } from "commander";
import { ScriptCommand } from "../../local/cli/script-command";
import { type OutputsChoice, requireOneStack, takeOutputs } from "../stack-choice";

/** What `npm run redrive` is told on its command line. */
export interface RedriveOptions extends OutputsChoice {
  /** Whether messages are only looked at. */
  dryRun: boolean;
  /** Most messages that are looked at. Default: all. */
  max?: number;
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 * @throws UserError when two stacks are named.
 */
export function parseRedriveOptions(args: readonly string[]): RedriveOptions {
  const command = new ScriptCommand("npm run redrive --").description(
    "Invokes functions again with the events that they gave up.",
  );
  const options = takeOutputs(command)
    .option("--dry-run", "say what would be invoked, and invoke nothing", false)
    .option("--max <number>", "most events", parseMax)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<RedriveOptions>();
  requireOneStack(options);
  return options;
}

function parseMax(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError("It must be a positive integer.");
  }
  return Number(text);
}
