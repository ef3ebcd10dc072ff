import type { ServerResponse } from "node:http";
import type { AwsError } from "../aws-error";
import type { Protocol } from "./called-operation";
import { errorInProtocol, type ErrorStyle } from "./error-in-protocol";

/** Answers with an error, as SDKs read it in `protocol`. */
export async function sendError(
  response: ServerResponse,
  error: AwsError,
  protocol: Protocol,
  style: ErrorStyle = {},
): Promise<void> {
  const { headers, content } = await errorInProtocol(error, protocol, style);
  response.writeHead(error.statusCode, headers).end(content);
}
