import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDataFolder } from "./data-folder";
import { parseLogsOptions } from "./logs-options";
import type { LogsOptions } from "./logs-options";
import { findGroups, groupTitle } from "./logs/find-groups";
import { formatEntry } from "./logs/format-entry";
import { entriesOf } from "./logs/log-entry";
import type { LogEntry } from "./logs/log-entry";
import { LineReader, logGroupFiles } from "./logs/log-files";
import { RequestFilter } from "./logs/request-filter";
import { Printer } from "./printer";
import type { Terminal } from "./printer";
import { runCommand } from "./run-command";
import { interruptedExitCode } from "./shutdown";
import { UserError } from "./user-error";

/** Milliseconds between two looks for more. */
const pollMs = 200;

/** Entries from before that are shown by `--follow` when nothing says from when on. */
const recentEntries = 10;

const executionLogs = "API-Gateway-Execution-Logs_";

/**
 * Shows the logs of a local run.
 *
 * @param args the command line after the script's name.
 * @param terminal where to. Default: the standard output.
 * @param signal stops following. Default: Ctrl-C.
 * @returns the exit code.
 */
export function runLogs(
  args: readonly string[],
  terminal: Terminal = process.stdout,
  signal?: AbortSignal,
): Promise<number> {
  return runCommand(
    async (context) => {
      const options = parseLogsOptions(args);
      const logs = new RunLogs(options);
      const printer = new Printer(terminal);
      const show = (entries: readonly LogEntry[]) => {
        print(entries, logs.titleWidth, options, printer);
      };
      const first = logs.first();
      show(first);
      if (first.length === 0 && !options.follow) {
        console.error(`${logs.subject} has logged nothing${sinceWhen(options)}.`);
      }
      while (options.follow && !context.signal.aborted) {
        await sleep(pollMs, undefined, { signal: context.signal }).catch(() => undefined);
        show(logs.next());
      }
      return 0;
    },
    interruptedExitCode,
    ...(signal ? [signal] : []),
  );
}

/** The logs of a run, as far as they are asked for. */
class RunLogs {
  readonly #options: LogsOptions;
  readonly #folder: string;
  readonly #readers = new Map<string, LineReader>();
  readonly #filter: RequestFilter | undefined;
  /** Of the one group that is shown. */
  #title: string | undefined;
  /** When each group was last written to, in milliseconds since the epoch. */
  readonly #latest = new Map<string, number>();

  /** @throws UserError when there is no run in the data folder. */
  constructor(options: LogsOptions) {
    const dataDir = resolve(options.data);
    if (!isDataFolder(dataDir)) {
      throw new UserError(
        `There is no local run in the folder ${dataDir}: start it with npm start, or name its folder with --data.`,
      );
    }
    this.#options = options;
    this.#folder = join(dataDir, "logs");
    this.#filter = options.request === undefined ? undefined : new RequestFilter(options.request);
  }

  /**
   * What there is.
   *
   * @throws UserError when there is no such function, or no such request.
   */
  first(): LogEntry[] {
    const { name, follow, since, request } = this.#options;
    if (name !== undefined) {
      const groups = logGroupFiles(this.#folder).map(({ group }) => group);
      this.#title = findGroups(name, groups).map(groupTitle)[0];
    }
    const entries = this.next();
    if (request !== undefined && entries.length === 0 && !follow) {
      throw new UserError(
        `No log in ${this.#folder} names the request ${request}: the header x-amzn-RequestId of an answer has its id.`,
      );
    }
    return follow && since === undefined && request === undefined
      ? entries.slice(-recentEntries)
      : entries;
  }

  /** What has been added since. */
  next(): LogEntry[] {
    const { at: from = 0 } = this.#options.since ?? {};
    const entries = logGroupFiles(this.#folder)
      .flatMap(({ group, path }) => this.#read(group, path))
      .sort((one, other) => one.at - other.at);
    const selected = this.#filter ? this.#filter.select(entries) : entries;
    return selected.filter(({ group, at }) => at >= from && this.#isShown(group));
  }

  /** What is shown, as it is told. */
  get subject(): string {
    return this.#title ?? "This run";
  }

  /** Characters of the longest title that is shown. */
  get titleWidth(): number {
    const shown = [...this.#latest.keys()].filter((group) => this.#isShown(group));
    return Math.max(0, ...shown.map((group) => groupTitle(group).length));
  }

  #isShown(group: string): boolean {
    if (this.#title !== undefined) {
      return groupTitle(group) === this.#title;
    }
    return this.#filter !== undefined || !group.startsWith(executionLogs);
  }

  #read(group: string, path: string): LogEntry[] {
    const reader = this.#readers.get(path) ?? new LineReader(path);
    this.#readers.set(path, reader);
    const { lines, modifiedAt } = reader.read();
    const entries = entriesOf(group, lines, this.#latest.get(group) ?? modifiedAt);
    this.#latest.set(group, entries.at(-1)?.at ?? this.#latest.get(group) ?? modifiedAt);
    return entries;
  }
}

function sinceWhen({ since }: LogsOptions): string {
  return since === undefined ? "" : ` since ${since.text}`;
}

function print(
  entries: readonly LogEntry[],
  width: number,
  { raw }: LogsOptions,
  printer: Printer,
): void {
  for (const entry of entries) {
    for (const line of raw ? entry.lines : formatEntry(entry, width, printer.colors)) {
      printer.line(line);
    }
  }
}
