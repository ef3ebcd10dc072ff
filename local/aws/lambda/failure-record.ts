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
