import { AwsError } from "../../aws-error";
import { parseEventPattern, type EventPattern } from "../../event-pattern/event-pattern";
import { InvalidPattern } from "../../event-pattern/invalid-pattern";
import { notEmulated } from "../../not-emulated";
import { requireBetween } from "../function-definition";

/**
 * From where a function gets records, as CreateEventSourceMapping takes it.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export interface EventSourceMapping {
  uuid: string;
  /** Name or ARN. */
  functionName: string;
  /** Of a stream of DynamoDB. */
  eventSourceArn: string;
  /** Where reading begins. */
  startingPosition?: "LATEST" | "TRIM_HORIZON";
  /** Default true. */
  enabled?: boolean;
  /** Most records that the function gets at a time, 1–10,000. Default 100. */
  batchSize?: number;
  /** Seconds for which records are waited for until there are as many, 0–300. Default 0. */
  maximumBatchingWindowSeconds?: number;
  /** Records that are older are given up, 60–604,800 seconds; -1 for none. Default -1. */
  maximumRecordAgeSeconds?: number;
  /** How often a batch that failed is tried again, 0–10,000; -1 for as long as there are its records. Default -1. */
  maximumRetryAttempts?: number;
  /** Whether a batch that failed is halved before it is tried again. Default false. */
  bisectBatchOnFunctionError?: boolean;
  /** Whether the function says from which record on it has failed. Default false. */
  reportsBatchItemFailures?: boolean;
  /** Patterns of records, of which one has to match; at most 5. Default: all records. */
  filters?: readonly string[];
  /** ARN of a queue for what is given up. Default: it is dropped. */
  onFailure?: string;
  /** Told to those who ask. Default none. */
  tags?: Readonly<Record<string, string>>;
}

/** A mapping with its defaults filled in. */
export type EventSourceSettings = EventSourceMapping & {
  enabled: boolean;
  batchSize: number;
  maximumBatchingWindowSeconds: number;
  maximumRecordAgeSeconds: number;
  maximumRetryAttempts: number;
  bisectBatchOnFunctionError: boolean;
  reportsBatchItemFailures: boolean;
  filters: readonly string[];
  patterns: readonly EventPattern[];
};

const maxFilters = 5;

/**
 * @throws AwsError `ValidationException`, `InvalidParameterValueException`; `NotImplemented` for sources
 * that are no streams of DynamoDB.
 */
export function eventSourceSettings(mapping: EventSourceMapping): EventSourceSettings {
  const settings = {
    enabled: true,
    batchSize: 100,
    maximumBatchingWindowSeconds: 0,
    maximumRecordAgeSeconds: -1,
    maximumRetryAttempts: -1,
    bisectBatchOnFunctionError: false,
    reportsBatchItemFailures: false,
    filters: [],
    ...mapping,
  };
  requireStream(settings);
  requireBetween("batchSize", settings.batchSize, 1, 10_000);
  const window = settings.maximumBatchingWindowSeconds;
  requireBetween("maximumBatchingWindowInSeconds", window, 0, 300);
  requireBetween("maximumRetryAttempts", settings.maximumRetryAttempts, -1, 10_000);
  requireAge(settings.maximumRecordAgeSeconds);
  return { ...settings, patterns: patternsOf(settings.filters) };
}

function requireStream({ eventSourceArn, startingPosition }: EventSourceMapping): void {
  if (!/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/.+$/.test(eventSourceArn)) {
    throw notEmulated(`event sources that are no streams of DynamoDB: ${eventSourceArn}`);
  }
  if (startingPosition === undefined) {
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
}

function requireAge(seconds: number): void {
  if (seconds !== -1) {
    requireBetween("maximumRecordAgeInSeconds", seconds, 60, 604_800);
  }
}

function patternsOf(filters: readonly string[]): EventPattern[] {
  if (filters.length > maxFilters) {
    throw invalidParameter(
      `The number of filters per event source mapping cannot be more than ${maxFilters}.`,
    );
  }
  return filters.map((filter) => {
    try {
      return parseEventPattern(filter, "filter");
    } catch (error) {
      throw error instanceof InvalidPattern
        ? invalidParameter(`Invalid filter pattern definition. ${error.message}: ${filter}`)
        : error;
    }
  });
}

/** What CreateEventSourceMapping refuses most things with. */
export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
