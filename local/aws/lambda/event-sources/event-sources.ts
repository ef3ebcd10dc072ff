import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { AwsError } from "../../aws-error";
import { RecordFolder } from "../../record-folder";
import type { RequestRecord } from "../../recorder";
import { requireUsableDestination, sendToDestination } from "../destinations";
import type { Backoff } from "../event-queue";
import type { FunctionResponse } from "../function-response";
import type { LambdaOptions } from "../lambda-options";
import { recordEvent } from "../record-invoke";
import { metricDimensions } from "../metric-dimensions";
import type { FunctionTarget } from "../versions/function-target";
import { discardRecord, type DiscardedBatch } from "./discarded-batch";
import {
  eventSourceSettings,
  invalidParameter,
  type EventSourceMapping,
  type EventSourceSettings,
} from "./event-source-mapping";
import type { MappingRegistry, RunningMapping } from "./running-mapping";
import { tableArnOf, type Checkpoint } from "./stream-event";
import { StreamPoller, type BatchAttempt } from "./stream-poller";
import type { StreamReader } from "./stream-source";

/** Longest wait before a batch that failed is tried again, in seconds. Lambda's own is not documented. */
const maxDelaySeconds = 60;

/** A second before the first retry, doubled up to a minute. */
const streamBackoff: Backoff = (retry, _cause, signal) =>
  sleep(Math.min(2 ** (retry - 1), maxDelaySeconds) * 1000, undefined, { signal, ref: false });

/** What event sources need of Lambda. */
export interface EventSourcesOptions extends LambdaOptions {
  /** @throws AwsError `ResourceNotFoundException`. */
  find: (reference: string) => FunctionTarget;
  /** Runs a function once. */
  attempt: (
    attempt: BatchAttempt,
    record: RequestRecord | undefined,
  ) => Promise<FunctionResponse | "throttled">;
}

type Mapping = RunningMapping & { poller?: StreamPoller };

/**
 * Event source mappings: from streams of DynamoDB to functions. Each record gets to its function at least
 * once, also where a stop or a kill comes between.
 */
export class EventSources implements MappingRegistry {
  readonly #options: EventSourcesOptions;
  readonly #checkpoints: RecordFolder<Checkpoint>;
  readonly #from: Map<string, string>;
  readonly #mappings = new Map<string, Mapping>();
  readonly #ending = new Set<Promise<void>>();
  /** Whether the functions of an earlier run are there again. */
  #resumed = false;

  constructor(options: EventSourcesOptions) {
    this.#options = options;
    this.#checkpoints = new RecordFolder(join(options.dataDir, "event-sources"));
    this.#from = new Map(this.#checkpoints.load().map(({ uuid, from }) => [uuid, from]));
  }

  /** All mappings, by UUID. */
  all(): RunningMapping[] {
    const mappings = [...this.#mappings.values()];
    return mappings.sort((one, other) => (one.settings.uuid < other.settings.uuid ? -1 : 1));
  }

  find(uuid: string): RunningMapping | undefined {
    return this.#mappings.get(uuid);
  }

  /**
   * Creates a mapping, or changes the one of that UUID. It goes on where it was, also where an earlier run
   * has left it.
   *
   * @throws AwsError `ResourceNotFoundException`, `InvalidParameterValueException`, `ValidationException`,
   * `ResourceConflictException` where there is one of the source and the function;
   * `NotImplemented` for sources that are no streams of DynamoDB.
   */
  put(definition: EventSourceMapping): void {
    const settings = eventSourceSettings(definition);
    const target = this.#options.find(settings.functionName);
    this.#requireUsable(settings, target);
    this.#requireOnly(settings, target);
    this.#end(settings.uuid);
    const mapping: Mapping = {
      settings,
      functionArn: target.arn,
      modifiedAt: this.#options.clock(),
      lastResult: "No records processed",
    };
    this.#mappings.set(settings.uuid, mapping);
    // Where it begins is settled now, however long the first record takes.
    this.#keep(settings.uuid, this.#from.get(settings.uuid) ?? this.#startOf(mapping));
    this.#run(mapping);
  }

  /** Deletes a mapping; one that is gone already is no error. */
  delete(uuid: string): void {
    this.#end(uuid);
    this.#mappings.delete(uuid);
    this.#from.delete(uuid);
    this.#checkpoints.remove(uuid);
  }

  /** Begins, now that functions are there again. */
  resume(): void {
    this.#resumed = true;
    for (const mapping of this.#mappings.values()) {
      this.#run(mapping);
    }
  }

  /** Ends all waits. */
  abort(): void {
    for (const { poller } of this.#mappings.values()) {
      poller?.abort();
    }
  }

  /** Resolves when no function is run for a mapping any more. */
  async settled(): Promise<void> {
    const running = [...this.#mappings.values()].map(({ poller }) => poller?.settled());
    await Promise.all([...this.#ending, ...running]);
  }

  #requireUsable(settings: EventSourceSettings, { version }: FunctionTarget): void {
    const { eventSourceArn: arn, onFailure } = settings;
    try {
      this.#open(settings);
    } catch (error) {
      throw error instanceof AwsError ? refusal(arn, error) : error;
    }
    if (onFailure !== undefined) {
      requireUsableDestination(onFailure, version, this.#options.queues);
    }
  }

  /** One version or alias of a function has one mapping of a source. */
  #requireOnly({ uuid, eventSourceArn }: EventSourceSettings, { arn, name }: FunctionTarget): void {
    const other = this.all().find(
      ({ settings, functionArn }) =>
        settings.uuid !== uuid && settings.eventSourceArn === eventSourceArn && functionArn === arn,
    );
    if (other) {
      throw new AwsError(
        "ResourceConflictException",
        `The event source arn (" ${eventSourceArn} ") and function (" ${name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${other.settings.uuid}`,
        409,
      );
    }
  }

  #open({ eventSourceArn, functionName }: EventSourceSettings): StreamReader {
    const { streams, find } = this.#options;
    const { name, version } = find(functionName);
    const occasion = `it is an event source of function ${name}`;
    return streams.open(eventSourceArn, version.principal, occasion);
  }

  #startOf({ settings }: Mapping): string {
    const stream = this.#open(settings);
    return settings.startingPosition === "LATEST" ? stream.end() : stream.begin;
  }

  #run(mapping: Mapping): void {
    if (!this.#resumed || !mapping.settings.enabled || mapping.poller) {
      return;
    }
    mapping.poller = this.#pollerOf(mapping);
    mapping.poller.start();
  }

  #end(uuid: string): void {
    const { poller } = this.#mappings.get(uuid) ?? {};
    if (poller) {
      poller.abort();
      const ending = poller.settled().finally(() => this.#ending.delete(ending));
      this.#ending.add(ending);
    }
  }

  #pollerOf(mapping: Mapping): StreamPoller {
    const { settings, functionArn } = mapping;
    const { clock, metrics, recorder, attempt, backoff = streamBackoff } = this.#options;
    const target = this.#options.find(settings.functionName);
    return new StreamPoller({
      settings,
      functionArn,
      clock,
      backoff,
      attempt,
      open: () => this.#open(settings),
      from: (stream) => this.#from.get(settings.uuid) ?? stream.begin,
      keep: (from) => {
        // Of one that was replaced or deleted meanwhile, nothing counts any more.
        if (this.#mappings.get(settings.uuid) === mapping) {
          this.#keep(settings.uuid, from);
        }
      },
      begin: ({ requestId }) =>
        recordEvent(recorder, {
          requestId,
          functionName: target.name,
          cause: {
            service: "dynamodb.amazonaws.com",
            sourceArn: tableArnOf(settings.eventSourceArn),
          },
        }),
      discard: (batch) => {
        this.#discard(settings, batch);
      },
      onAge: (value) => {
        for (const dimensions of metricDimensions(target)) {
          const datum = { name: "IteratorAge", dimensions, value, unit: "Milliseconds" };
          metrics.put({ namespace: "AWS/Lambda", ...datum });
        }
      },
      onResult: (result) => {
        mapping.lastResult = result;
      },
      onProblem: (problem) => {
        this.#problem(mapping, problem);
      },
    });
  }

  /** It is told once, until there is another one or none. */
  #problem(mapping: Mapping, problem: string): void {
    const { functionName, eventSourceArn } = mapping.settings;
    const result = `PROBLEM: ${problem}`;
    if (result !== mapping.lastResult) {
      this.#options.notify(`${functionName} cannot get records of ${eventSourceArn}: ${problem}`);
    }
    mapping.lastResult = result;
  }

  #discard({ functionName, onFailure }: EventSourceSettings, batch: DiscardedBatch): void {
    const { notify, clock, find } = this.#options;
    const { name, version } = find(functionName);
    const what = `${batch.records.length} records of ${batch.streamArn} for ${name}`;
    if (onFailure === undefined) {
      notify(`${what} are dropped: ${batch.condition}, and there is no destination for failures`);
      return;
    }
    const body = discardRecord(batch, clock());
    const refusal = sendToDestination(onFailure, body, version, this.#options);
    if (refusal !== undefined) {
      notify(`${what} are dropped: ${onFailure} refused their record: ${refusal}`);
    }
  }

  #keep(uuid: string, from: string): void {
    this.#checkpoints.put(uuid, { uuid, from });
    this.#from.set(uuid, from);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
function refusal(arn: string, { code, message }: AwsError): AwsError {
  return invalidParameter(
    code === "AccessDeniedException"
      ? `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. ${message}`
      : `Stream not found: ${arn}`,
  );
}
