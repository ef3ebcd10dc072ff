import { randomUUID } from "node:crypto";
import type { AwsError } from "../aws-error";
import { element, escapeXml, queryError } from "../query-xml";
import type { Protocol } from "./called-operation";

/** An error as a response. */
export interface ProtocolError {
  headers: Record<string, string>;
  content: string | Buffer;
}

/** `error` as SDKs read it in `protocol`. */
export function errorInProtocol(error: AwsError, protocol: Protocol): ProtocolError {
  const requestId = randomUUID();
  const { code, message } = error;
  const headers = { "x-amzn-requestid": requestId };
  const json = JSON.stringify({ __type: code, message });
  switch (protocol) {
    case "cbor":
      return {
        headers: {
          ...headers,
          "content-type": "application/cbor",
          "smithy-protocol": "rpc-v2-cbor",
        },
        content: cborMap({ __type: code, message }),
      };
    case "json":
      return {
        headers: { ...headers, "content-type": "application/x-amz-json-1.1" },
        content: json,
      };
    case "rest-json":
      return {
        headers: { ...headers, "content-type": "application/json", "x-amzn-errortype": code },
        content: json,
      };
    case "ec2":
      return {
        headers: { ...headers, "content-type": "text/xml" },
        content: ec2Error(error, requestId),
      };
    case "query":
    case "rest-xml":
      return {
        headers: { ...headers, "content-type": "text/xml" },
        content: queryError(error, "http://webservices.amazon.com/", requestId).xml,
      };
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function ec2Error({ code, message }: AwsError, requestId: string): string {
  const error = element("Error", element("Code", code) + element("Message", escapeXml(message)));
  const content = element("Errors", error) + element("RequestID", requestId);
  return `<?xml version="1.0"?>\n${element("Response", content)}\n`;
}

/** A map of a few texts in CBOR. https://www.rfc-editor.org/rfc/rfc8949 */
function cborMap(members: Readonly<Record<string, string>>): Buffer {
  const texts = Object.entries(members).flat().map(cborText);
  return Buffer.concat([Buffer.from([0xa0 + Object.keys(members).length]), ...texts]);
}

/** A text of less than 64 KiB; its length in two bytes. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from([0x79, 0, 0]);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
