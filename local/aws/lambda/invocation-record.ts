import type { FunctionResponse } from "./function-response";
import type { QueuedEvent } from "./queued-event";

/** Why an event left the queue. */
export type Condition =
  | "EventAgeExceeded"
  | "RetriesExhausted"
  | "Success"
  /** The function may not be run at all. */
  | "ZeroReservedConcurrency";

/** An event that has left the queue. */
export interface EndedEvent {
  event: QueuedEvent;
  condition: Condition;
  /** Of the last attempt, if there was one. */
  response?: FunctionResponse;
}

/**
 * What a destination gets about an event.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @param functionArn with the version or alias that was invoked, or `$LATEST`.
 * @returns JSON text.
 */
export function invocationRecord(
  { event, condition, response }: EndedEvent,
  functionArn: string,
  now: Date,
): string {
  return JSON.stringify({
    version: "1.0",
    timestamp: now.toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: JSON.parse(event.payload) as unknown,
    ...(response && {
      responseContext: {
        statusCode: response.statusCode,
        executedVersion: response.executedVersion,
        ...(response.functionError !== undefined && { functionError: response.functionError }),
      },
      responsePayload: JSON.parse(response.payload) as unknown,
    }),
  });
}
