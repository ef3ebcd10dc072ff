import type { IncomingMessage } from "node:http";
import { AwsError } from "../aws-error";
import { readBody } from "../http";
import { limits } from "./limits";

/**
 * Takes in the body of a request that invokes a function.
 *
 * @throws AwsError `RequestEntityTooLargeException`, 413.
 */
export async function receivePayload(request: IncomingMessage): Promise<Buffer> {
  const body = await readBody(request, limits.synchronousPayloadBytes);
  if (body === undefined) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${limits.synchronousPayloadBytes} bytes for the InvokeFunction operation`,
      413,
    );
  }
  return body;
}
