import type { BatchResult } from "./batch-result";
import type { DiscardCondition } from "./discarded-batch";
import type { EventSourceSettings } from "./event-source-mapping";
import type { SourceRecord } from "./stream-source";

/** A batch, or what is left of one that failed. */
export interface Part {
  records: readonly SourceRecord[];
  /** Attempts that count. */
  failures: number;
  /** All attempts that the function was run for. */
  invokes: number;
  throttles: number;
}

/**
 * What is not done with after an attempt; nothing when all is. Splitting uses up no retry.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 *
 * @param bisects whether what failed as a whole is halved.
 */
export function restOf(
  part: Part,
  { done, isReported }: BatchResult,
  bisects: boolean,
): Part[] | undefined {
  const records = part.records.slice(done);
  const invokes = part.invokes + 1;
  if (records.length === 0) {
    return undefined;
  }
  if (bisects && !isReported && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    return halves.map((half) => ({ ...part, records: half, invokes }));
  }
  return [{ ...part, records, failures: part.failures + 1, invokes }];
}

/**
 * Why a part that failed is not tried again, if it is not. It was tried once in this run, however old its
 * records are: a machine that was off is no failure of theirs.
 */
export function conditionOf(
  { records, failures }: Part,
  { maximumRecordAgeSeconds, maximumRetryAttempts }: EventSourceSettings,
  now: Date,
): DiscardCondition | undefined {
  const ageMs = now.getTime() - writtenAt(records[0]);
  if (maximumRecordAgeSeconds >= 0 && ageMs > maximumRecordAgeSeconds * 1000) {
    return "RecordAgeExceeded";
  }
  return maximumRetryAttempts >= 0 && failures > maximumRetryAttempts
    ? "RetryAttemptsExhausted"
    : undefined;
}

/** The first sequence number after a record's. */
export function after({ dynamodb }: SourceRecord): string {
  return String(BigInt(dynamodb.SequenceNumber) + 1n);
}

/** When a record was written, in milliseconds since 1970. */
export function writtenAt(record: SourceRecord | undefined): number {
  return (record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000;
}
