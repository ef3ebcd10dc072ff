import { Command, type Option, type ParseOptions } from "commander";

/** Options that npm has as well, whose values in its files and variables say nothing of a command line. */
const alsoOfNpm = ["yes", "json"];

/**
 * The command line of an npm script, which refuses what was meant for it and written before `--`: npm takes that for
 * options of its own and leaves it in the environment, and the script would go on without.
 */
export class ScriptCommand extends Command {
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param name how the script is called, with `--` at its end.
   * @param env where npm says what it was told.
   */
  constructor(name: string, env: NodeJS.ProcessEnv = process.env) {
    super(name);
    this.#env = env;
  }

  override parse(args?: readonly string[], options?: ParseOptions): this {
    const taken = this.options.find((option) => isTakenByNpm(option, this.#env));
    if (taken) {
      this.error(
        `error: npm has taken ${taken.long ?? ""} for itself, as it does with all options before --. ` +
          `Write: ${this.name()} ${taken.flags.replace(/^-\w, /, "")}`,
      );
    }
    return super.parse(args, options);
  }
}

function isTakenByNpm(option: Option, env: NodeJS.ProcessEnv): boolean {
  const name = option.name().replace(/^no-/, "");
  if (env.npm_lifecycle_event === undefined || alsoOfNpm.includes(name)) {
    return false;
  }
  const value = env[`npm_config_${name.replaceAll("-", "_")}`];
  // What npm calls -c is its --call.
  const call = option.short === "-c" ? env.npm_config_call : undefined;
  return option.negate ? value === "" : [value, call].some(Boolean);
}
