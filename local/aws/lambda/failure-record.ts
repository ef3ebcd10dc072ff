import { z } from "zod";
import { parseJson } from "../../parse-json";

/**
 * What Lambda sends to a destination for failures, as far as it is needed here.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const failureRecord = z.object({
  version: z.literal("1.0"),
  requestContext: z.object({
    requestId: z.string(),
    functionArn: z.string().regex(/^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:.+)?$/),
    condition: z.enum(["RetriesExhausted", "EventAgeExceeded"]),
  }),
  requestPayload: z.unknown(),
});

/** An event that a function gave up. */
export interface FailedEvent {
  requestId: string;
  functionArn: string;
  functionName: string;
  /** JSON text. */
  payload: string;
}

/** Reads the body of a message; `undefined` when it is no record of a failure. */
export function parseFailureRecord(body: string): FailedEvent | undefined {
  const { data } = failureRecord.safeParse(parseJson(body));
  if (data?.requestPayload === undefined) {
    return undefined;
  }
  const { requestId, functionArn } = data.requestContext;
  const functionName = functionArn.split(":")[6] ?? "";
  return { requestId, functionArn, functionName, payload: JSON.stringify(data.requestPayload) };
}

/**
 * What Lambda sends to a destination for records of a stream that were given up: where they are, not they.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const discardedBatch = z.object({
  version: z.literal("1.0"),
  requestContext: z.object({
    requestId: z.string(),
    functionArn: z.string().regex(/^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:.+)?$/),
    condition: z.enum(["RetryAttemptsExhausted", "RecordAgeExceeded"]),
  }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
});

/** Records of a stream that a function gave up. */
export interface FailedBatch {
  requestId: string;
  functionArn: string;
  functionName: string;
  shardId: string;
  startSequenceNumber: string;
  endSequenceNumber: string;
  batchSize: number;
  streamArn: string;
}

/** Reads the body of a message; `undefined` when it is of no records of a stream. */
export function parseDiscardedBatch(body: string): FailedBatch | undefined {
  const { data } = discardedBatch.safeParse(parseJson(body));
  if (data === undefined) {
    return undefined;
  }
  const { requestId, functionArn } = data.requestContext;
  const functionName = functionArn.split(":")[6] ?? "";
  return { requestId, functionArn, functionName, ...data.DDBStreamBatchInfo };
}
