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
  /** What errors are called in JSON and CBOR, by their codes, where it differs. */
  errorNames?: Readonly<Record<string, string>> | undefined;
  /** What an error has in a REST API that speaks JSON. @default its name and its message */
  restJson?: ((error: AwsError) => object) | undefined;
  query?:
    | {
        namespace: string;
        /** The names that errors have in the query protocol, where they differ. */
        codes?: Readonly<Record<string, string>>;
        /** What errors say in the query protocol, where it differs. */
        messages?: Readonly<Record<string, string>>;
        /** @default false */
        hasDetail?: boolean;
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
  const { headers, content } = await documents[protocol](error, style, requestId);
  return { headers: { "x-amzn-requestid": requestId, ...headers }, content };
}

type Document = (
  error: AwsError,
  style: ErrorStyle,
  requestId: string,
) => ProtocolError | Promise<ProtocolError>;

const documents: Readonly<Record<Protocol, Document>> = {
  cbor: async (error, style) => ({
    headers: {
      "content-type": "application/cbor",
      "smithy-protocol": "rpc-v2-cbor",
      ...queryErrorHeader(error, style),
    },
    content: await encodeCbor(named(error, style)),
  }),
  json: (error, style) => ({
    headers: {
      "content-type": `application/x-amz-json-${style.jsonVersion ?? "1.1"}`,
      ...queryErrorHeader(error, style),
    },
    content: JSON.stringify(named(error, style)),
  }),
  "rest-json": (error, { restJson }) => ({
    headers: { "content-type": "application/json", "x-amzn-errortype": error.code },
    content: JSON.stringify(restJson?.(error) ?? named(error, {})),
  }),
  ec2: (error, _style, requestId) => xml(ec2Error(error, requestId)),
  query: xmlError,
  "rest-xml": xmlError,
};

function named({ code, message }: AwsError, { errorPrefix = "", errorNames = {} }: ErrorStyle) {
  const name = errorNames[code] ?? code;
  return { __type: name.includes("#") ? name : `${errorPrefix}${name}`, message };
}

/** For those who know the error by the name that it had in the older protocol. */
function queryErrorHeader(error: AwsError, { query }: ErrorStyle): Record<string, string> {
  const type = error.statusCode < 500 ? "Sender" : "Receiver";
  return query
    ? { "x-amzn-query-error": `${query.codes?.[error.code] ?? error.code};${type}` }
    : {};
}

function xmlError(
  { code, message, statusCode }: AwsError,
  { query }: ErrorStyle,
  requestId: string,
): ProtocolError {
  const { namespace = "http://webservices.amazon.com/", codes, messages, hasDetail } = query ?? {};
  const text = messages?.[code] ?? message;
  const error = new AwsError(codes?.[code] ?? code, text, statusCode);
  return xml(queryError(error, namespace, requestId, hasDetail).xml);
}

function xml(content: string): ProtocolError {
  return { headers: { "content-type": "text/xml" }, content };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function ec2Error({ code, message }: AwsError, requestId: string): string {
  const error = element("Error", element("Code", code) + element("Message", escapeXml(message)));
  const content = element("Errors", error) + element("RequestID", requestId);
  return `<?xml version="1.0"?>\n${element("Response", content)}\n`;
}
