import { defaultDataFolder } from "./data-folder";
import { addConfig, type WithOptional } from "./config-option";
import { ScriptCommand } from "./script-command";

/** What `npm run policy` is told on its command line. */
export interface PolicyOptions {
  /** The folder of the project, where it is not this one; relative to the working directory. */
  cwd?: string;
  /** The stack whose config is used. */
  stack: string;
  /** Whether the command line names `stack`. */
  isStackGiven: boolean;
  /** A file of `pulumi stack export` that is checked instead of the program. */
  state?: string;
  /** The data folder of `npm start` whose stacks the program may refer to. */
  data: string;
  /** Whether values that AWS computes stay unknown, as in `pulumi preview`. */
  preview: boolean;
  /** Whether a JSON document is printed instead of text. */
  json: boolean;
  /** The file to which a SARIF log is written, relative to the working directory. */
  sarif?: string;
  /** Config values that go before those of the stack. */
  config: Record<string, string>;
  /** Whether keys of `config` may be paths into values. */
  configPath: boolean;
  /** The pack's folder, relative to the working directory. */
  policyPack: string;
  /** A file of levels and values that go before the pack's own, relative to the working directory. */
  policyPackConfig?: string;
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parsePolicyOptions(args: readonly string[]): PolicyOptions {
  const command = new ScriptCommand("npm run policy --")
    .description("Checks the Pulumi program of this project by its policy pack, without AWS.")
    .option("-C, --cwd <dir>", "folder of the project, where it is another one")
    .option("--stack <name>", "stack whose config is used", "local")
    .option("--state <file>", "check what pulumi stack export has written, not the program")
    .option("--data <dir>", "folder of the stacks that the program may refer to", defaultDataFolder)
    .option("--preview", "leave unknown what AWS computes, as pulumi preview does", false)
    .option("--json", "print a JSON document", false)
    .option("--sarif <file>", "write a SARIF log for code scanning")
    .option("-c, --config <key=value>", "config value for this run; repeatable", addConfig)
    .option("--config-path", "keys of -c may be paths into values, as hosts[0].port", false)
    .option("--policy-pack <dir>", "folder of the policy pack", "policy-pack")
    .option("--policy-pack-config <file>", "JSON file of the pack's levels and values")
    .exitOverride()
    .parse(args, { from: "user" });
  const isStackGiven = command.getOptionValueSource("stack") === "cli";
  const given = command.opts<WithOptional<PolicyOptions, "config">>();
  return { config: {}, ...given, isStackGiven };
}
