import { AwsError } from "../aws-error";
import type { InvokeRequest } from "../types";
import { limits } from "./limits";

/**
 * @param isSerialized whether it is JSON without a look at it. Default false.
 * @throws AwsError `RequestEntityTooLargeException`, `InvalidRequestContentException`.
 */
export function requireValidPayload(
  payload: string,
  type: InvokeRequest["invocationType"],
  isSerialized = false,
): void {
  const most = type === "Event" ? limits.asynchronousPayloadBytes : limits.synchronousPayloadBytes;
  const length = Buffer.byteLength(payload);
  if (length > most) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `${length} byte payload is too large for the ${type} invocation type (limit ${most} bytes)`,
      413,
    );
  }
  if (isSerialized) {
    return;
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}
