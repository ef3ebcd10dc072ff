import type { FunctionResponse } from "../function-response";
import type { SourceRecord } from "./stream-source";

/** Why records were given up. */
export type DiscardCondition = "RecordAgeExceeded" | "RetryAttemptsExhausted";

/** Records that were given up. */
export interface DiscardedBatch {
  requestId: string;
  functionArn: string;
  streamArn: string;
  shardId: string;
  records: readonly SourceRecord[];
  condition: DiscardCondition;
  /** How often the function was run for them. */
  invokeCount: number;
  /** Of the last attempt, if there was one. */
  response?: FunctionResponse | undefined;
}

/**
 * What a destination gets about records that were given up: where they are in their stream, not they.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 *
 * @returns JSON text.
 */
export function discardRecord(batch: DiscardedBatch, now: Date): string {
  const { requestId, functionArn, condition, invokeCount, response, records } = batch;
  const [first] = records;
  const last = records.at(-1);
  return JSON.stringify({
    requestContext: {
      requestId,
      functionArn,
      condition,
      approximateInvokeCount: invokeCount,
    },
    ...(response && {
      responseContext: {
        statusCode: response.statusCode,
        executedVersion: response.executedVersion,
        // A function that has said itself what it failed on has not thrown.
        functionError: response.functionError ?? null,
      },
    }),
    version: "1.0",
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId: batch.shardId,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivalOf(first),
      approximateArrivalOfLastRecord: arrivalOf(last),
      batchSize: records.length,
      streamArn: batch.streamArn,
    },
  });
}

function arrivalOf(record: SourceRecord | undefined): string | undefined {
  const seconds = record?.dynamodb.ApproximateCreationDateTime;
  return seconds === undefined
    ? undefined
    : new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");
}
