import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AwsError } from "../aws-error";
import type { FaultPoint, Refusals } from "../fault-point";
import { readBody } from "../http";
import { signerOf } from "../iam/signer-of";
import type { Authenticator, Principal } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { jsonOf, type Structure } from "./output";
import { membersXml, type FlattenedMembers } from "./query-output";
import { queryDocument } from "./query-xml";
import { sendError } from "./send-error";

/** What a request says besides its operation. */
export interface RestCall {
  /** The labels of the path, decoded. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The whole path, as it came. */
  pathname: string;
  body: Buffer;
}

/** An answer that is no document of members: its body as it is, with headers of its own. */
export class RestPayload {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;

  /** @param headers such as `etag`, in lower case. */
  constructor(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) {
    this.body = body;
    this.headers = headers;
  }
}

/** What an operation answers. */
export type RestOutput = Structure | RestPayload;

/** One operation of a REST API: from the request to the answer. */
export interface RestOperation<Context> {
  /** Such as `GetFunction`. */
  name: string;
  /** Of its answer; with 204, there is nothing in it. Default 200. */
  statusCode?: number;
  perform: (call: RestCall, context: Context) => RestOutput | Promise<RestOutput>;
}

/** How a REST API writes XML. */
export interface RestXmlStyle {
  /** Of its XML, such as `https://route53.amazonaws.com/doc/2013-04-01/`. */
  namespace: string;
  /** What the items of lists are called, by the name of the member that has nothing else in it. */
  flattened: FlattenedMembers;
}

/** An API of AWS's in REST, with JSON or XML. */
export interface RestApiOptions<Context> {
  /** As it is called where it refuses something, such as `Lambda`. */
  title: string;
  /** As requests are signed for it, such as `lambda`. */
  service: string;
  /** By method and path, such as `GET /restapis/{restapi_id}`; without a slash at the end. */
  routes: Readonly<Record<string, RestOperation<Context>>>;
  /** None: it answers in JSON. */
  xml?: RestXmlStyle;
  /** What errors have in JSON. @default their name and their message */
  errorDocument?: (error: AwsError) => object;
  unsigned: { code: string; statusCode: number };
  /** @default 1 MiB */
  maxBodyBytes?: number;
  refusals: Refusals;
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  /** Prints what failed for no fault of the caller's. */
  notify: (line: string) => void;
  /** What an operation works with, for who signed the request. */
  contextOf: (principal: Principal, request: IncomingMessage) => Context;
}

interface Route<Context> {
  method: string;
  path: RegExp;
  operation: RestOperation<Context>;
}

/** More than any request that reads. */
const defaultMaxBodyBytes = 1024 * 1024;

/**
 * An API in REST; what is not emulated is answered with 501.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 * @see https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export function restApi<Context>(options: RestApiOptions<Context>): RequestListener {
  const routes = Object.entries(options.routes).map(([name, operation]) =>
    routeOf(name, operation),
  );
  return (request, response) => {
    void answer(request, response, routes, options);
  };
}

function routeOf<Context>(name: string, operation: RestOperation<Context>): Route<Context> {
  const [method = "", path = ""] = name.split(" ");
  const pattern = path
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const [, label] = /^\{(\w+)\+?\}$/.exec(part) ?? [];
      const any = part.endsWith("+}") ? ".+" : "[^/]+";
      return label === undefined ? part : `(?<${label}>${any})`;
    })
    .join("");
  return { method, path: new RegExp(`^${pattern}/?$`), operation };
}

async function answer<Context>(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route<Context>[],
  options: RestApiOptions<Context>,
): Promise<void> {
  try {
    const { name, statusCode, output } = await perform(request, routes, options);
    response.writeHead(statusCode, {
      ...(statusCode !== 204 && { "content-type": options.xml ? "text/xml" : "application/json" }),
      "x-amzn-requestid": randomUUID(),
      ...(output instanceof RestPayload && output.headers),
    });
    response.end(statusCode === 204 ? undefined : bodyOf(name, output, options.xml));
  } catch (error) {
    if (!(error instanceof AwsError)) {
      options.notify(`${options.title} failed: ${String(error)}`);
    }
    const failure = error instanceof AwsError ? error : options.refusals.error();
    await (options.xml
      ? sendError(response, failure, "rest-xml", { query: options.xml })
      : sendError(response, failure, "rest-json", { restJson: options.errorDocument }));
  }
}

function bodyOf(
  name: string,
  output: RestOutput,
  xml: RestXmlStyle | undefined,
): string | Uint8Array {
  if (output instanceof RestPayload) {
    return output.body;
  }
  return xml
    ? queryDocument(`${name}Response`, xml.namespace, membersXml(output, xml.flattened))
    : JSON.stringify(jsonOf(output));
}

async function perform<Context>(
  request: IncomingMessage,
  routes: readonly Route<Context>[],
  options: RestApiOptions<Context>,
): Promise<{ name: string; statusCode: number; output: RestOutput }> {
  const { authenticator, service, unsigned, title } = options;
  const { maxBodyBytes = defaultMaxBodyBytes } = options;
  const body = await readBody(request, maxBodyBytes);
  if (!body) {
    throw new AwsError("RequestEntityTooLargeException", "The request is too large.", 413);
  }
  const principal = signerOf(authenticator, request, body, service, unsigned);
  const { method = "" } = request;
  const [pathname = "", search] = (request.url ?? "").split("?");
  const route = routes.find((each) => each.method === method && each.path.test(pathname));
  if (!route) {
    throw notEmulated(`${method} ${pathname} of ${title}`);
  }
  const labels = Object.entries(route.path.exec(pathname)?.groups ?? {});
  const call = {
    path: Object.fromEntries(labels.map(([name, value]) => [name, decoded(value)])),
    query: new URLSearchParams(search),
    pathname,
    body,
  };
  const { name, statusCode = 200, perform: act } = route.operation;
  const output = await options.faultPoint(name, request, async () =>
    act(call, options.contextOf(principal, request)),
  );
  return { name, statusCode, output };
}

/**
 * A part of a path as it was before it was encoded.
 *
 * @throws AwsError `ValidationException`.
 */
export function decoded(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new AwsError("ValidationException", `The path has a malformed part: ${label}`);
  }
}
