import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { messageOf } from "../../message-of";
import { AwsError } from "../aws-error";
import type { FaultPoint, Refusals } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { calledOperation, isForm, type CalledOperation, type Protocol } from "./called-operation";
import { decodeCbor, encodeCbor } from "./cbor";
import { sendError } from "./send-error";
import { jsonOf, type Structure } from "./output";
import { queryInput, type QueryTypes } from "./query-input";
import { membersXml, type FlattenedMembers } from "./query-output";
import { element, queryDocument } from "./query-xml";

/** More than any request that is within the limits of most services. */
const defaultMaxBodyBytes = 1024 * 1024;

/** Of bodies that were compressed. */
const maxContentBytes = 16 * defaultMaxBodyBytes;

/** How a service is spoken to by the query protocol. */
export interface QueryStyle {
  /** Of its XML, such as `http://sns.amazonaws.com/doc/2010-03-31/`. */
  namespace: string;
  types?: QueryTypes;
  /**
   * Turns the parameters into what the JSON protocols have, where their names differ.
   *
   * @param path of the URL, which may have parameters, too.
   */
  inputOf?: (
    operation: string,
    parameters: Record<string, unknown>,
    path: string,
  ) => Record<string, unknown>;
  /** Members of an operation's answer that are flattened. */
  flattenedOf?: (operation: string) => FlattenedMembers;
  /** The error codes of the protocol, where they differ. */
  codes?: Readonly<Record<string, string>>;
  /** What errors say in the protocol, by the codes of the JSON protocols, where it differs. */
  messages?: Readonly<Record<string, string>>;
  /** Whether errors have a `Detail`, which is always empty. @default false */
  hasDetail?: boolean;
}

/** One operation: from the parsed input to the answer. */
export type Operation<Context> = (
  input: unknown,
  context: Context,
) => Structure | Promise<Structure>;

/** An API of AWS's whose operations have names: in JSON, in the query protocol or in CBOR. */
export interface RpcApiOptions<Context> {
  /** As it is called where it refuses something, such as `KMS`. */
  title: string;
  /** As requests are signed for it, such as `kms`. */
  service: string;
  /** What stands before the operation in `X-Amz-Target`, such as `TrentService`; none: no JSON. */
  target?: string;
  /** @default 1.1 */
  jsonVersion?: "1.0" | "1.1";
  /** What stands before the name of an error in JSON. @default nothing */
  errorPrefix?: string;
  /** What errors are called in JSON and CBOR, by their codes, where it differs; one with a `#` has its own prefix. */
  errorNames?: Readonly<Record<string, string>>;
  /** None: no query protocol. */
  query?: QueryStyle;
  /** @default false */
  speaksCbor?: boolean;
  /** Whether bodies may be compressed. @default false */
  takesGzip?: boolean;
  /** How it refuses a request that nobody signed. */
  unsigned?: { code: string; statusCode: number };
  /** @default 1 MiB */
  maxBodyBytes?: number;
  /** The operations that are emulated. */
  operations: Readonly<Record<string, Operation<Context>>>;
  refusals: Refusals;
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  /** Prints what failed for no fault of the caller's. */
  notify: (line: string) => void;
  /** What an operation works with, for who signed the request. */
  contextOf: (principal: Principal, request: IncomingMessage, response: ServerResponse) => Context;
}

/**
 * An API that is spoken to in several protocols, and answers in the one that it is asked in; what is
 * not emulated is answered with 501.
 *
 * @see https://smithy.io/2.0/aws/protocols/index.html
 */
export function rpcApi<Context>(options: RpcApiOptions<Context>): RequestListener {
  return (request, response) => {
    void answer(request, response, options);
  };
}

async function answer<Context>(
  request: IncomingMessage,
  response: ServerResponse,
  options: RpcApiOptions<Context>,
): Promise<void> {
  let called = calledOperation(request, "");
  try {
    const { maxBodyBytes = defaultMaxBodyBytes } = options;
    const body = await readBody(request, maxBodyBytes);
    if (!body) {
      throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
    }
    const content = await contentOf(request, body, options);
    called = calledOperation(request, content.toString("latin1"));
    const output = await perform(request, response, { body, content }, called, options);
    await respond(response, called, output, options);
  } catch (error) {
    const { title, notify, refusals } = options;
    if (!(error instanceof AwsError)) {
      notify(`${title} failed: ${String(error)}`);
    }
    const failure = error instanceof AwsError ? error : refusals.error();
    await sendError(response, failure, protocolFor(called.protocol, options), options);
  }
}

/** What was sent, and what it is once it is not compressed any more: what was sent is signed. */
interface Received {
  body: Buffer;
  content: Buffer;
}

/** @throws AwsError where a body that says so is not compressed, or far larger than others may be. */
async function contentOf<Context>(
  { headers }: IncomingMessage,
  body: Buffer,
  { takesGzip = false }: RpcApiOptions<Context>,
): Promise<Buffer> {
  if (!takesGzip || headers["content-encoding"]?.toLowerCase() !== "gzip") {
    return body;
  }
  try {
    return await promisify(gunzip)(body, { maxOutputLength: maxContentBytes });
  } catch (error) {
    throw new AwsError("SerializationException", `The body is no gzip: ${messageOf(error)}`);
  }
}

async function perform<Context>(
  request: IncomingMessage,
  response: ServerResponse,
  { body, content }: Received,
  called: CalledOperation,
  options: RpcApiOptions<Context>,
): Promise<Structure> {
  const { authenticator, service, unsigned, operations, title } = options;
  const principal = signerOf(authenticator, request, body, service, unsigned);
  const { name, protocol } = called;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!mayAsk(request, protocol) || !operation || !speaks(request, protocol, options)) {
    throw notEmulated(`${name === "" ? "requests without an operation" : name} of ${title}`);
  }
  const act = async () => {
    const input = await inputOf(request, content, called, options);
    return operation(input, options.contextOf(principal, request, response));
  };
  return options.faultPoint(name, request, act);
}

/** The query protocol alone has requests without a body, such as those that are signed in their URL. */
function mayAsk({ method }: IncomingMessage, protocol: Protocol): boolean {
  return method === "POST" || (method === "GET" && protocol === "query");
}

function speaks<Context>(
  { headers }: IncomingMessage,
  protocol: Protocol,
  { target = "", query, speaksCbor = false }: RpcApiOptions<Context>,
): boolean {
  const spoken: Partial<Record<Protocol, boolean>> = {
    json: target !== "" && String(headers["x-amz-target"]).startsWith(`${target}.`),
    query: query !== undefined,
    cbor: speaksCbor,
  };
  return spoken[protocol] ?? false;
}

/** What is asked in no protocol of the service is answered in the first that it has. */
function protocolFor<Context>(
  protocol: Protocol,
  { target, query }: Pick<RpcApiOptions<Context>, "query" | "target">,
): Protocol {
  if (protocol === "cbor" || (protocol === "json" && target !== undefined)) {
    return protocol;
  }
  return query === undefined ? "json" : "query";
}

async function inputOf<Context>(
  request: IncomingMessage,
  body: Buffer,
  { name, protocol }: CalledOperation,
  { query }: RpcApiOptions<Context>,
): Promise<unknown> {
  if (protocol === "query") {
    const parameters = queryInput(parametersOf(request, body), query?.types);
    const [path = ""] = (request.url ?? "").split("?");
    return query?.inputOf?.(name, parameters, path) ?? parameters;
  }
  try {
    return protocol === "cbor" ? await decodeCbor(body) : JSON.parse(body.toString());
  } catch (error) {
    throw new AwsError("SerializationException", String(error));
  }
}

/** The parameters of a query, from the form or else from the URL, where its signature may stand, too. */
function parametersOf({ headers, url = "" }: IncomingMessage, body: Buffer): string {
  if (isForm(headers)) {
    return body.toString();
  }
  const { searchParams } = new URL(url, "http://localhost");
  const own = [...searchParams].filter(([name]) => !/^X-Amz-/i.test(name));
  return new URLSearchParams(own).toString();
}

async function respond<Context>(
  response: ServerResponse,
  { name, protocol }: CalledOperation,
  output: Structure,
  { jsonVersion = "1.1", query }: RpcApiOptions<Context>,
): Promise<void> {
  const requestId = randomUUID();
  const send = (contentType: string, content: string | Uint8Array, more = {}) => {
    const headers = { "content-type": contentType, "x-amzn-requestid": requestId, ...more };
    response.writeHead(200, headers).end(content);
  };
  if (protocol === "cbor") {
    const more = { "smithy-protocol": "rpc-v2-cbor" };
    send("application/cbor", await encodeCbor(output), more);
  } else if (protocol === "query" && query) {
    const result = membersXml(output, query.flattenedOf?.(name));
    const metadata = element("ResponseMetadata", element("RequestId", requestId));
    const content = element(`${name}Result`, result) + metadata;
    send("text/xml", queryDocument(`${name}Response`, query.namespace, content));
  } else {
    send(`application/x-amz-json-${jsonVersion}`, JSON.stringify(jsonOf(output)));
  }
}
