import type { Recorder, RequestRecord } from "../recorder";
import type { FunctionResponse } from "./function-response";
import type { InvocationRequest } from "./function-runner";
import type { QueuedEvent } from "./queued-event";

/**
 * Runs an invocation and, where no request has led to it, records it as one itself.
 *
 * @throws what `run` throws.
 */
export async function recordInvoke<Response extends FunctionResponse>(
  recorder: Recorder | undefined,
  {
    functionName,
    requestId,
    payload,
    record: given,
  }: Omit<InvocationRequest, "target"> & { functionName: string },
  run: (record: RequestRecord | undefined) => Promise<Response>,
): Promise<Response> {
  if (given) {
    return run(given);
  }
  const record = recorder?.beginRequest({
    source: "invoke",
    id: requestId,
    method: "INVOKE",
    url: functionName,
  });
  try {
    const response = await run(record);
    // Lambda answers 200 to a function's error, too, which a header tells then.
    record?.end({ ...outcomeOf(response), status: 200, requestBody: payload });
    return response;
  } catch (error) {
    // Lambda refuses what it has no room for.
    record?.end({ status: 429, requestBody: payload });
    throw error;
  }
}

/** Records an event as a request that comes from the resource on whose behalf it was sent. */
export function recordEvent(
  recorder: Recorder | undefined,
  { requestId, functionName, cause }: Pick<QueuedEvent, "cause" | "functionName" | "requestId">,
): RequestRecord | undefined {
  // Rules of other buses than the account's have none.
  const isSchedule =
    cause?.service === "events.amazonaws.com" && !/:rule\/.+\//.test(cause.sourceArn ?? "");
  return recorder?.beginRequest({
    source: isSchedule ? "schedule" : "event",
    id: requestId,
    method: isSchedule ? "SCHEDULE" : "EVENT",
    url: nameOf(cause?.sourceArn) ?? functionName,
  });
}

/** What comes last in an ARN: of a rule `rule/nightly`, of a bucket its name. */
function nameOf(arn: string | undefined): string | undefined {
  return arn?.split(":").at(-1);
}

/** What came of an invocation. Whether it has failed, the invocation itself tells: an event has no status. */
export function outcomeOf({ payload }: FunctionResponse) {
  return { responseBody: payload };
}
