import { InvalidArgumentError } from "commander";
import { ScriptCommand } from "../../local/cli/script-command";

/** What `npm run redrive` is told on its command line. */
export interface RedriveOptions {
  /** The file of the stack's outputs, relative to the working directory. */
  outputs: string;
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
 */
export function parseRedriveOptions(args: readonly string[]): RedriveOptions {
  return new ScriptCommand("npm run redrive --")
    .description("Invokes functions again with the events that they gave up.")
    .option("--outputs <file>", "outputs of the stack, as JSON", ".local/outputs.json")
    .option("--dry-run", "say what would be invoked, and invoke nothing", false)
    .option("--max <number>", "most events", parseMax)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<RedriveOptions>();
}

function parseMax(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) {
    throw new InvalidArgumentError("It must be a positive integer.");
  }
  return Number(text);
}
