import { InvalidArgumentError, Option } from "commander";
import { loopbackHost, type Host } from "../aws/http";
import type { FaultRule } from "../faults/faults";
import { parseFaultRules } from "../faults/parse-fault-rules";
import { addConfig, type WithOptional } from "./config-option";
import { defaultDataFolder } from "./data-folder";
import { parseHost } from "./host-option";
import type { OutputFormat } from "./printer";
import { ScriptCommand } from "./script-command";

/** What `npm start` is told on its command line. */
export interface Options {
  /** The port of the API; 0 takes any free one. */
  port: number;
  /** Where all services but the issuer listen. */
  host: Host;
  /** The stack whose config is used. */
  stack: string;
  /** Where the local cloud keeps its data, relative to the working directory. */
  data: string;
  /** Whether what was stored is removed first. */
  fresh: boolean;
  /** Whether the project's policy pack, if it has one, must accept the program first. */
  policy: boolean;
  /** Whether what AWS would replace, and what deletes data, is agreed to. */
  yes: boolean;
  /** Whether changes of the program's files take effect while it runs. */
  watch: boolean;
  /** The function that people attach a debugger to; `true` for the first one that is invoked. */
  inspect?: string | true;
  /** Config values that go before those of the stack. */
  config: Record<string, string>;
  /** Whether keys of `config` may be paths into values. */
  configPath: boolean;
  /** Most processes of functions at a time, 1–1,000. Default: few enough for any machine. */
  processes?: number;
  /** What calls of functions and clients fail by, once the stack is up. */
  faults?: FaultRule[];
  /** Whether errors, mails and the result of the start are all that is printed. */
  quiet: boolean;
  /** Whether all that is printed is JSON, one object a line. */
  json: boolean;
  /** Repeats the faults of the run that had the same. Default: by chance. */
  faultsSeed?: number;
}

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseOptions(args: readonly string[]): Options {
  const given = new ScriptCommand("npm start --")
    .description("Runs the Pulumi program of this project in a local cloud, until Ctrl-C.")
    .option("--port <number>", "port of the API, 0 for any free one", parsePort, 4000)
    .addOption(
      new Option(
        "--host <address>",
        "this machine's IPv4 address that services listen on, 0.0.0.0 for all",
      )
        .argParser(parseHost)
        .default(loopbackHost, loopbackHost.address),
    )
    .option("--stack <name>", "stack whose config is used", "local")
    .option("--data <dir>", "folder for what is stored", defaultDataFolder)
    .option("--fresh", "remove what was stored before", false)
    .option("--no-policy", "create the resources whatever the policy pack says")
    .option("--no-watch", "leave changes of files to the next start")
    .option(
      "--inspect [function]",
      "let debuggers attach to a function, by a name of it or a part of one (default: the first that is invoked)",
    )
    .option("--yes", "replace what AWS would replace, and delete data, without being asked", false)
    .option("-c, --config <key=value>", "config value for this run; repeatable", addConfig)
    .option("--config-path", "keys of -c may be paths into values, as hosts[0].port", false)
    .option(
      "--processes <number>",
      "most processes of functions at a time, of 20 to 80 MB each; more start less often (default: 4)",
      parseProcesses,
    )
    .option(
      "--faults <rules>",
      "let calls fail once the stack is up, by rules of the form target=[kind:]probability, " +
        "such as s3:PutObject=0.1,dynamodb=throttle:0.05,kms=drop:0.01,lambda=crash:0.02; " +
        "kinds: error (default), throttle, drop (done, but the reply is lost), crash (lambda), " +
        "conflict (writes and transactions of dynamodb)",
      parseFaultRules,
    )
    .option(
      "--faults-seed <number>",
      "repeat the faults of the run that printed this number",
      parseSeed,
    )
    .option("-q, --quiet", "print errors, mails and the result of the start alone", false)
    .addOption(
      new Option("--json", "print JSON, one object a line, and nothing else")
        .default(false)
        .conflicts("quiet"),
    )
    .exitOverride()
    .parse(args, { from: "user" })
    .opts<WithOptional<Options, "config">>();
  return { config: {}, ...given };
}

/** How a run with these options prints. */
export function outputFormatOf({ quiet, json }: Pick<Options, "json" | "quiet">): OutputFormat {
  if (json) {
    return "json";
  }
  return quiet ? "quiet" : "text";
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError("It must be an integer from 0 to 65535.");
  }
  return port;
}

function parseProcesses(text: string): number {
  const processes = Number(text);
  // The concurrency of a new AWS account is the most.
  if (!/^\d+$/.test(text) || processes < 1 || processes > 1000) {
    throw new InvalidArgumentError("It must be an integer from 1 to 1000.");
  }
  return processes;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError("It must be an integer from 0 to 2^53 - 1.");
  }
  return seed;
}
