import { z } from "zod";
import { parseJson } from "../../parse-json";

/** What a function gave up. */
interface Failed {
  requestId: string;
  functionArn: string;
  functionName: string;
}

/** An event that a function gave up. */
export interface FailedEvent extends Failed {
  /** JSON text. */
  payload: string;
}

/** Records of a stream that a function gave up. */
export interface FailedBatch extends Failed {
  shardId: string;
  startSequenceNumber: string;
  endSequenceNumber: string;
  batchSize: number;
  streamArn: string;
}

/**
 * What Lambda sends to a destination for failures, as far as it is needed here.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
const failureRecord = z.object({
  ...recordOf(["RetriesExhausted", "EventAgeExceeded", "ZeroReservedConcurrency"]),
  requestPayload: z.unknown(),
});

/**
 * What Lambda sends to a destination for records of a stream that were given up: where they are, not they.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
const discardedBatch = z.object({
  ...recordOf(["RetryAttemptsExhausted", "RecordAgeExceeded"]),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
});

/** Reads the body of a message; `undefined` when it is no record of a failure. */
export function parseFailureRecord(body: string): FailedEvent | undefined {
  const { data } = failureRecord.safeParse(parseJson(body));
  return data?.requestPayload === undefined
    ? undefined
    : { ...failedOf(data.requestContext), payload: JSON.stringify(data.requestPayload) };
}

/** Reads the body of a message; `undefined` when it is of no records of a stream. */
export function parseDiscardedBatch(body: string): FailedBatch | undefined {
  const { data } = discardedBatch.safeParse(parseJson(body));
  return data && { ...failedOf(data.requestContext), ...data.DDBStreamBatchInfo };
}

/** What records of both kinds have. */
function recordOf(conditions: readonly string[]) {
  return {
    version: z.literal("1.0"),
    requestContext: z.object({
      requestId: z.string(),
      functionArn: z.string().regex(/^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:.+)?$/),
      condition: z.enum(conditions),
    }),
  };
}

function failedOf({ requestId, functionArn }: Pick<Failed, "functionArn" | "requestId">): Failed {
  return { requestId, functionArn, functionName: functionArn.split(":")[6] ?? "" };
}
