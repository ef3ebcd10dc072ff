import { ScriptCommand } from "../../local/cli/script-command";
import { requireOneStack, type StackChoice, takeStack } from "../stack-choice";

/** What `npm run smoke` is told on its command line. */
export interface SmokeOptions extends StackChoice {
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
  const command = new ScriptCommand("npm run smoke --").description(
    "Checks a deployed stack, or a local run, from outside. It only reads, unless --write is given. " +
      "A stack that takes no API keys is asked with the token in SMOKE_TOKEN.",
  );
  const options = takeStack(command)
    .option("--write", "also upload a small image, have it rendered, and delete it", false)
    .option("--json", "print the report as JSON", false)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<SmokeOptions>();
  requireOneStack(options);
  return options;
}
