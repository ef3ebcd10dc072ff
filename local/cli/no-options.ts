import { ScriptCommand } from "./script-command";

/**
 * Reads the command line of a script that takes no options but `--help`.
 *
 * @param name of the npm script.
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseNoOptions(name: string, description: string, args: readonly string[]): void {
  new ScriptCommand(`npm run ${name} --`)
    .description(description)
    .exitOverride()
    .parse(args, { from: "user" });
}
