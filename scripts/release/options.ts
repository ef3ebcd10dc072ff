import { ScriptCommand } from "../../local/cli/script-command";
import { requireOneStack, type StackChoice, takeStack } from "../stack-choice";

/** What `npm run release` is told on its command line. */
export interface ReleaseOptions extends StackChoice {
  /** Whether it only says what it would move. */
  check: boolean;
  /** Whether it takes the last release back. */
  back: boolean;
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 * @throws UserError when two stacks are named.
 */
export function parseReleaseOptions(args: readonly string[]): ReleaseOptions {
  const command = new ScriptCommand("npm run release --").description(
    "Moves requests to the newest versions of a stack's functions, as its rollout says, all functions at a time, " +
      "and back to the versions before when an alarm goes off or Ctrl-C is pressed.",
  );
  const options = takeStack(command)
    .option("--check", "say what would be moved, and move nothing", false)
    .option("--back", "take the last release back, at once and whatever alarms say", false)
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<ReleaseOptions>();
  requireOneStack(options);
  return options;
}
