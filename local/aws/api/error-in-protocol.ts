import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error";
import type { Protocol } from "./called-operation";
import { encodeCbor } from "./cbor";
import { element, escapeXml, queryError } from "./query-xml";

/** An error as a response. */
export interface ProtocolError {
  headers: Record<string, string>;
  content: string | Uint8Array;
}

/** What services do differently. */
export interface ErrorStyle {
  /** @default 1.1 */
  jsonVersion?: "1.0" | "1.1" | undefined;
  /** What stands before the error's name in JSON. @default nothing */
  errorPrefix?: string | undefined;
  query?:
    | {
        namespace: string;
        /** The names that errors have in the query protocol, where they differ. */
        codes?: Readonly<Record<string, string>>;
      }
    | undefined;
}

/** `error` as SDKs read it in `protocol`. */
export async function errorInProtocol(
  error: AwsError,
  protocol: Protocol,
  style: ErrorStyle = {},
): Promise<ProtocolError> {
  const requestId = randomUUID();
  const { jsonVersion = "1.1", errorPrefix = "", query } = style;
  const { code, message, statusCode } = error;
  const headers = { "x-amzn-requestid": requestId };
  const document = { __type: `${errorPrefix}${code}`, message };
  const queryCode = query?.codes?.[code] ?? code;
  const type = statusCode < 500 ? "Sender" : "Receiver";
  // For those who know the error by the name that it had in the older protocol.
  const both = query && { "x-amzn-query-error": `${queryCode};${type}` };
  switch (protocol) {
    case "cbor":
      return {
        headers: {
          ...headers,
          ...both,
          "content-type": "application/cbor",
          "smithy-protocol": "rpc-v2-cbor",
        },
        content: await encodeCbor(document),
      };
    case "json":
      return {
        headers: { ...headers, ...both, "content-type": `application/x-amz-json-${jsonVersion}` },
        content: JSON.stringify(document),
      };
    case "rest-json":
      return {
        headers: { ...headers, "content-type": "application/json", "x-amzn-errortype": code },
        content: JSON.stringify({ __type: code, message }),
      };
    case "ec2":
      return {
        headers: { ...headers, "content-type": "text/xml" },
        content: ec2Error(error, requestId),
      };
    case "query":
    case "rest-xml": {
      const { namespace = "http://webservices.amazon.com/" } = query ?? {};
      const named = new AwsError(queryCode, message, statusCode);
      return {
        headers: { ...headers, "content-type": "text/xml" },
        content: queryError(named, namespace, requestId).xml,
      };
    }
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function ec2Error({ code, message }: AwsError, requestId: string): string {
  const error = element("Error", element("Code", code) + element("Message", escapeXml(message)));
  const content = element("Errors", error) + element("RequestID", requestId);
  return `<?xml version="1.0"?>\n${element("Response", content)}\n`;
}
