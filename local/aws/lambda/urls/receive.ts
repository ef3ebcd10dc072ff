import type { IncomingMessage } from "node:http";

import { AwsError } from "../../aws-error";
import { readBody } from "../../http";
import { limits } from "../limits";
import { urlRequestOf, type UrlRequest } from "./url-request";

/**
 * Takes in a request as a whole.
 *
 * @throws AwsError `RequestEntityTooLargeException`, 413.
 */
export async function receive(message: IncomingMessage): Promise<UrlRequest> {
  const body = await readBody(message, limits.synchronousPayloadBytes);
  if (body === undefined) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${limits.synchronousPayloadBytes} bytes for the InvokeFunction operation`,
      413,
    );
  }
  return urlRequestOf(message, body);
}
