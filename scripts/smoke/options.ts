import { Command } from "commander";
import { UserError } from "../../local/cli/user-error";

/** What `npm run smoke` is told on its command line. */
export interface SmokeOptions {
  /** The stack whose outputs the Pulumi CLI is asked for. */
  stack?: string;
  /** The file of the stack's outputs, relative to the working directory. */
  outputs?: string;
  /** Whether an image is uploaded, rendered and deleted, too. */
  write: boolean;
  /** Whether the report is JSON. */
  json: boolean;
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 * @throws UserError when two stacks are named.
 */
export function parseSmokeOptions(args: readonly string[]): SmokeOptions {
  const options = new Command("npm run smoke --")
    .description(
      "Checks a deployed stack, or a local run, from outside. It only reads, unless --write is given. " +
        "A stack that takes no API keys is asked with the token in SMOKE_TOKEN.",
    )
    .option("--stack <name>", "stack whose outputs the Pulumi CLI is asked for")
    .option("--outputs <file>", "outputs of the stack, as JSON (default: .local/outputs.json)")
    .option("--write", "also upload a small image, have it rendered, and delete it", false)
    .option("--json", "print the report as JSON", false)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<SmokeOptions>();
  if (options.stack !== undefined && options.outputs !== undefined) {
    throw new UserError("--stack and --outputs each name a stack: give one of them.");
  }
  return options;
}
