import { InvalidArgumentError } from "commander";
import { defaultDataFolder } from "./data-folder";
import { ScriptCommand } from "./script-command";

/** What `npm run logs` is told on its command line. */
export interface LogsOptions {
  /** Name of a function or of a log group, or a part of it. Default: all functions and access logs. */
  name?: string;
  /** Whether to wait for more. */
  follow: boolean;
  /** When what is shown begins. */
  since?: Since;
  /** The id of the one request that is shown. */
  request?: string;
  /** Whether lines are shown as they are. */
  raw: boolean;
  /** The data folder of the local run, relative to the working directory. */
  data: string;
}

/** A time that was given. */
export interface Since {
  /** Milliseconds since the epoch. */
  at: number;
  /** As it was given. */
  text: string;
}

/** Milliseconds of units. */
const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads the command line.
 *
 * @param args what follows the script's name.
 * @param now milliseconds since the epoch.
 * @throws CommanderError after the help or the error has been printed; `exitCode` says which.
 */
export function parseLogsOptions(args: readonly string[], now = Date.now()): LogsOptions {
  const command = new ScriptCommand("npm run logs --")
    .description(
      "Shows what was logged in the local run, which runs or has run with npm start: by its functions " +
        "and in the access logs of its APIs, in the order of time. What API Gateway logs of the execution " +
        "of a request is shown with --request.",
    )
    .argument("[function]", "its name, with or without its suffix, or a part of it, as get-image")
    .option("-f, --follow", "wait for more, until Ctrl-C", false)
    .option(
      "--since <time>",
      "from that time on, as 30s, 10m, 2h or 1d ago, or 2026-01-31T12:00:00Z",
      (text: string) => parseSince(text, now),
    )
    .option(
      "--request <id>",
      "one request alone: the API's requestId, or a function's",
      parseRequestId,
    )
    .option("--raw", "lines as they are in the log", false)
    .option("--data <dir>", "folder of the local run", defaultDataFolder)
    .exitOverride()
    .parse(args, { from: "user" });
  const [name] = command.args;
  return { ...command.opts<LogsOptions>(), ...(name !== undefined && { name }) };
}

function parseSince(text: string, now: number): Since {
  const [, count = "", unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const at =
    unit === undefined
      ? Date.parse(beginsWithDate(text) ? text : "")
      : now - Number(count) * units[unit as keyof typeof units];
  if (Number.isNaN(at)) {
    throw new InvalidArgumentError(
      "It must be a time ago, as 30s, 10m, 2h or 1d, or a time as 2026-01-31T12:00:00Z.",
    );
  }
  return { at, text };
}

/** Node.js takes the 30th of February for a day in March. */
function beginsWithDate(text: string): boolean {
  const [date] = /^\d{4}-\d\d-\d\d/.exec(text) ?? [];
  const at = date === undefined ? NaN : Date.parse(date);
  return date !== undefined && !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function parseRequestId(text: string): string {
  if (!/^[\w+/=-]{8,200}$/.test(text)) {
    throw new InvalidArgumentError(
      "It must be the id of a request, as 763f43e3-1353-4715-99e6-64ede1493f6c.",
    );
  }
  return text;
}
