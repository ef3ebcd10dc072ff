import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";

import { messageOf } from "../../message-of";
import { AwsError } from "../aws-error";
import type { LogSink, MetricSink, Service, ServiceOptions } from "../types";
import { extractMetrics, problemMetrics } from "./embedded-metrics";
import { LogFile, logFilePath } from "./log-file";
import { QueryDefinitions } from "./query-definitions";

export interface LogsOptions extends ServiceOptions {
  /** Gets the metrics that events have embedded. `@default` they are not read */
  metrics?: MetricSink;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export interface LogGroupDefinition {
  /** 1–512 of `A–Z a–z 0–9 . - _ / #`. */
  name: string;
  /** One of the periods that CloudWatch Logs knows. Checked, but local files are never cut. */
  retentionInDays?: number | undefined;
  tags?: Readonly<Record<string, string>>;
  /** ARN of the key that it is encrypted with, which is told to those who ask. Default: AWS's own. */
  kmsKeyId?: string | undefined;
  /** Told to those who ask. Default false. */
  deletionProtectionEnabled?: boolean | undefined;
}

/** A log group that exists. */
export interface LogGroup extends LogGroupDefinition {
  createdAt: Date;
  file: LogFile;
  /** When streams were made that need not have an event as yet, by their names; others come with their first event. */
  streams: Map<string, Date>;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/**
 * CloudWatch Logs: log groups are files in the data folder, one event message a line, so that
 * `tail -f` and `jq` work on them; an index beside each file keeps streams and timestamps.
 */
export class Logs implements LogSink, Service {
  readonly #options: LogsOptions;
  readonly #groups = new Map<string, LogGroup>();
  /** Queries that are saved; nothing runs them. */
  readonly queryDefinitions: QueryDefinitions;
  /** Problems of embedded metrics, and of writing, that have been told. */
  readonly #told = new Set<string>();

  constructor(options: LogsOptions) {
    this.#options = options;
    this.queryDefinitions = new QueryDefinitions(options.clock);
  }

  async start(): Promise<void> {
    await mkdir(this.#options.dataDir, { recursive: true, mode: 0o700 });
  }

  stop(): Promise<void> {
    for (const { file } of this.#groups.values()) {
      file.close();
    }
    this.#groups.clear();
    return Promise.resolve();
  }

  /**
   * Creates a log group. Events that an earlier run left in its file are kept.
   *
   * @throws AwsError `InvalidParameterException`, `ResourceAlreadyExistsException`.
   */
  createLogGroup(definition: LogGroupDefinition): void {
    const { name, retentionInDays } = definition;
    checkLogGroup(name, retentionInDays);
    if (this.#groups.has(name)) {
      throw new AwsError(
        "ResourceAlreadyExistsException",
        `The specified log group already exists: ${name}`,
      );
    }
    const file = new LogFile(logFilePath(this.#options.dataDir, name), (line) => {
      this.#tellOnce(line);
    });
    const createdAt = this.#options.clock();
    this.#groups.set(name, { ...definition, createdAt, file, streams: new Map() });
  }

  /**
   * Changes the tags of a group and how long its events are kept; `undefined` is for ever.
   *
   * @throws AwsError `ResourceNotFoundException`, `InvalidParameterException`.
   */
  putRetentionPolicy(definition: LogGroupDefinition): void {
    const { name, retentionInDays } = definition;
    const { createdAt, file, streams } = this.group(name);
    checkLogGroup(name, retentionInDays);
    this.#groups.set(name, { ...definition, createdAt, file, streams });
  }

  /** Deletes a group with its events; one that is gone already is no error. */
  deleteLogGroup(name: string): void {
    this.#groups.get(name)?.file.forget();
    this.#groups.delete(name);
    rmSync(logFilePath(this.#options.dataDir, name), { force: true });
  }

  /**
   * Creates a stream. What is written to one that there is none of makes it, too.
   *
   * @throws AwsError `ResourceNotFoundException` when there is no such group, `ResourceAlreadyExistsException`.
   */
  createLogStream(group: string, name: string): void {
    const { streams } = this.group(group);
    requireNew(streams, name);
    streams.set(name, this.#options.clock());
  }

  /**
   * Creates a stream that is there after a restart, too, though the program does not make it.
   *
   * @throws AwsError as {@link createLogStream}.
   */
  keepLogStream(group: string, name: string): void {
    const found = this.group(group);
    requireNew(streamsOf(found), name);
    found.file.addStream(this.#options.clock(), name);
  }

  /**
   * A group that has a stream.
   *
   * @throws AwsError `ResourceNotFoundException` where there is no such group, or it has no such stream.
   */
  requireStream(group: string, name: string): LogGroup {
    const found = this.group(group);
    if (!streamsOf(found).has(name)) {
      throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
    }
    return found;
  }

  /** What time it is for groups and their events. */
  now(): Date {
    return this.#options.clock();
  }

  /** Deletes a stream that has no events; those of another stay in the file of its group, and it with them. */
  deleteLogStream(group: string, name: string): void {
    this.#groups.get(group)?.streams.delete(name);
  }

  /** Events that cannot be written are lost, and that is told once: what logs them goes on, as in AWS. */
  append(
    group: string,
    stream: string,
    lines: readonly string[],
    times: readonly Date[] | Date = this.#options.clock(),
  ): void {
    const { file } = this.group(group);
    try {
      file.append(times, stream, lines);
    } catch (error) {
      this.#tellOnce(`log events are lost: ${messageOf(error)}`);
    }
    this.#putMetricsOf(group, lines);
  }

  /** Writes events of a client, who is told when they cannot be. @throws the system's error, such as `ENOSPC`. */
  putEvents(
    group: LogGroup,
    stream: string,
    lines: readonly string[],
    times: readonly Date[],
  ): void {
    group.file.append(times, stream, lines);
    group.file.flush();
    this.#putMetricsOf(group.name, lines);
  }

  #putMetricsOf(group: string, lines: readonly string[]): void {
    const now = this.#options.clock();
    for (const line of lines) {
      this.#putMetrics(group, line, now);
    }
  }

  /** Puts what an event has embedded; what is wrong with it is told once, and counted as CloudWatch Logs does. */
  #putMetrics(group: string, line: string, now: Date): void {
    const extracted = extractMetrics(line, now);
    if ("data" in extracted) {
      for (const datum of extracted.data) {
        this.#options.metrics?.put(datum);
      }
      return;
    }
    const { kind, problem } = extracted;
    this.#options.metrics?.put({
      namespace: "AWS/Logs",
      name: problemMetrics[kind],
      dimensions: { LogGroupName: group },
      value: 1,
    });
    this.#tellOnce(`no metrics come of events of ${group}: ${problem}`);
  }

  #tellOnce(line: string): void {
    if (!this.#told.has(line)) {
      this.#told.add(line);
      this.#options.notify(line);
    }
  }

  /** All groups, by name. */
  groups(): LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws AwsError `ResourceNotFoundException` when there is no such group. */
  group(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (group === undefined) {
      throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    }
    return group;
  }
}

/** When each stream of a group was made, by its name. */
export function streamsOf({ file, streams }: LogGroup): ReadonlyMap<string, Date> {
  return new Map([...file.streams(), ...streams]);
}

function requireNew(streams: ReadonlyMap<string, Date>, name: string): void {
  if (streams.has(name)) {
    throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  }
}

/**
 * Checks the key that a log group is to be encrypted with: other than elsewhere, neither an alias nor a
 * bare id will do.
 *
 * @throws AwsError `InvalidParameterException`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export function checkKey(kmsKeyId: string | undefined): void {
  if (kmsKeyId !== undefined && !/^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/.test(kmsKeyId)) {
    throw new AwsError(
      "InvalidParameterException",
      `Invalid KMS key "${kmsKeyId}": CloudWatch Logs takes the ARN of a key.`,
    );
  }
}

/** @throws AwsError `InvalidParameterException`. */
export function checkLogGroup(name: string, retentionInDays: number | undefined): void {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw new AwsError("InvalidParameterException", `Invalid log group name "${name}".`);
  }
  if (/^aws\//i.test(name)) {
    throw new AwsError(
      "InvalidParameterException",
      `Log groups starting with AWS/ are reserved for AWS: "${name}".`,
    );
  }
  if (retentionInDays !== undefined && !retentionPeriods.includes(retentionInDays)) {
    throw new AwsError(
      "InvalidParameterException",
      `Invalid retention ${retentionInDays}: CloudWatch Logs keeps events for one of ${retentionPeriods.join(", ")} days.`,
    );
  }
}
