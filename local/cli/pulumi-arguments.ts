import { join } from "node:path";
import { parseArgs } from "node:util";
import { defaultDataFolder } from "./data-folder";
import { UserError } from "./user-error";

/** What `npm run pulumi` takes for itself, and what it passes on. */
export interface PulumiArguments {
  /** The port of the API; 0 takes any free one. */
  port: number;
  /** Where the local cloud and Pulumi's state are, relative to the working directory. */
  data: string;
  stack: string;
  /** The folder of the project, where it is another one; relative to the working directory. */
  cwd?: string;
  /** Config values that are given on the command line. */
  config: Record<string, string>;
  /** The CLI's command, such as `up`; absent where only options are given. */
  command?: string;
  /** The CLI's command line. */
  passed: string[];
}

/** Commands that need the provider, and so the local cloud; with their other names. */
const deploying = words("up update preview pre destroy down dn refresh import watch");

/** Commands that take the file of a stack's config. */
const configured = words("up update preview pre destroy down dn refresh import config cfg");

/** Commands that are about no stack. */
const stackless = words("about help version plugin login logout whoami new schema package");

/** Options that the CLI is not told of. */
const ownOptions = words("cwd data port");

const options = {
  data: { type: "string" },
  port: { type: "string" },
  stack: { type: "string", short: "s" },
  config: { type: "string", short: "c", multiple: true },
  // The CLI's options that go before its command and have a value: it is no command.
  color: { type: "string" },
  cwd: { type: "string", short: "C" },
  profiling: { type: "string" },
  tracing: { type: "string" },
  verbose: { type: "string", short: "v" },
} as const;

/** Whether a command creates, changes, reads or deletes resources. */
export function isDeploying({ command, passed }: PulumiArguments): boolean {
  return command !== undefined && deploying.has(command) && !asksForHelp(passed);
}

/** Whether a command is there to change the stack's config. */
export function isConfiguring({ command }: PulumiArguments): boolean {
  return command === "config" || command === "cfg";
}

/** Whether a command is about a stack, which then has to be there. */
export function needsStack({ command, passed }: PulumiArguments): boolean {
  return command !== undefined && !stackless.has(command) && !asksForHelp(passed);
}

export function asksForHelp(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

/**
 * Reads the command line: `--data` and `--port` are ours, as is `--cwd`, and all else is the CLI's.
 *
 * @throws UserError for a port that is none.
 */
export function parsePulumiArguments(args: readonly string[]): PulumiArguments {
  const { values, tokens, positionals } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const own = tokens.flatMap((token) =>
    token.kind === "option" && ownOptions.has(token.name)
      ? [token.index, ...(token.inlineValue === false ? [token.index + 1] : [])]
      : [],
  );
  const [command] = positionals;
  const cwd = textOf(values.cwd);
  return {
    port: readPort(values.port),
    // Each project has a local cloud of its own.
    data: textOf(values.data) ?? join(cwd ?? "", defaultDataFolder),
    ...(cwd !== undefined && { cwd }),
    stack: textOf(values.stack) ?? "local",
    config: Object.fromEntries((values.config ?? []).map((pair) => keyAndValue(String(pair)))),
    ...(command !== undefined && { command }),
    passed: args.filter((_arg, index) => !own.includes(index)),
  };
}

/** The CLI's command line, with the file of the stack's config and what the command needs here. */
export function commandLine({ command, passed }: PulumiArguments, configFile?: string): string[] {
  const added = [
    ...(configFile !== undefined && configured.has(command ?? "") && !isGiven(passed, "config-file")
      ? ["--config-file", configFile]
      : []),
    // Code is generated from the provider's schema, which no package has.
    ...(command === "import" && !isGiven(passed, "generate-code") ? ["--generate-code=false"] : []),
  ];
  const position = passed.indexOf(command ?? "") + 1;
  return [...passed.slice(0, position), ...added, ...passed.slice(position)];
}

function isGiven(args: readonly string[], option: string): boolean {
  return args.some((arg) => arg === `--${option}` || arg.startsWith(`--${option}=`));
}

function readPort(text: string | boolean | undefined): number {
  const port = text === undefined ? 4000 : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535 || typeof text === "boolean") {
    throw new UserError(`--port is ${String(text)}, and must be an integer from 0 to 65535.`);
  }
  return port;
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function keyAndValue(pair: string): [string, string] {
  const separator = pair.indexOf("=");
  return separator < 0 ? [pair, ""] : [pair.slice(0, separator), pair.slice(separator + 1)];
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
