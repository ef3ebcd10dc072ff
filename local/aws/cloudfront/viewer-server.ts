import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { loopback } from "../http";
import type { Recorder, RequestRecord } from "../recorder";
import type { Distribution } from "./distribution";
import { errorPage } from "./error-page";
import { requestId } from "./origin-headers";
import { parseQuery } from "./query";
import type { Headers, ViewerRequest, WholeResponse } from "./types";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const maxUrlBytes = 8192;

export interface ViewerServerOptions {
  /** The distribution, once there is one. */
  find: () => Distribution | undefined;
  notify: (line: string) => void;
  /** Is told of requests. @default nobody */
  recorder?: Recorder | undefined;
  /** Takes every request for one that came by HTTPS to this host. @default as it came */
  secureHost?: string;
}

/** Lets viewers talk to a distribution by HTTP. */
export function viewerServer(options: ViewerServerOptions): RequestListener {
  return (request, response) => {
    request.resume();
    const id = requestId();
    const record = begin(options, request, id);
    void answer(options, request, id).then((reply) => {
      end(record, request, reply);
      send(request, response, reply);
    });
  };
}

function begin({ recorder }: ViewerServerOptions, request: IncomingMessage, id: string) {
  const scheme = request.socket instanceof TLSSocket ? "https" : "http";
  return recorder?.beginRequest({
    source: "edge",
    id,
    method: request.method ?? "GET",
    url: request.url ?? "/",
    rawHeaders: request.rawHeaders,
    origin: `${scheme}://${loopback}:${request.socket.localPort}`,
  });
}

function end(
  record: RequestRecord | undefined,
  request: IncomingMessage,
  { status, headers, cookies = [], body }: WholeResponse,
): void {
  const sent = { ...headers, ...(cookies.length > 0 && { "set-cookie": cookies }) };
  record?.end({
    status,
    responseHeaders: sent,
    responseBody: body,
    responseBytes: request.method === "HEAD" ? 0 : body.length,
    ...cacheOf(headers),
  });
}

/** Of `Hit from cloudfront` the first word. */
function cacheOf({ "x-cache": cache }: Headers) {
  return cache === undefined ? {} : { cache: cache.replace(/ .*/, "") };
}

async function answer(
  { find, notify, secureHost }: ViewerServerOptions,
  request: IncomingMessage,
  id: string,
): Promise<WholeResponse> {
  const distribution = find();
  const viewer = viewerRequest(request, distribution, secureHost);
  if (viewer === undefined) {
    return errorPage(400, "Bad request.");
  }
  if (`https://${viewer.headers.host ?? ""}${request.url ?? ""}`.length > maxUrlBytes) {
    return errorPage(413, "Bad request: the URL is too long.");
  }
  if (viewer.method === "GET" && hasBody(viewer.headers)) {
    return errorPage(403, "Bad request: a GET request must not have a body.");
  }
  if (distribution === undefined) {
    return errorPage(403, "There is no distribution here.");
  }
  try {
    return await distribution.respond(viewer, id);
  } catch (error) {
    notify(`CloudFront failed: ${String(error)}`);
    return errorPage(502, "The origin did not answer as it should.");
  }
}

function viewerRequest(
  request: IncomingMessage,
  distribution: Distribution | undefined,
  secureHost: string | undefined,
): ViewerRequest | undefined {
  const [path = "", ...query] = (request.url ?? "").split("?");
  const headers = flat(request);
  // Whoever calls it by a name of its own is told apart from who has an address alone.
  const isNamed = headers.host !== undefined && distribution?.hasAlias(headers.host) === true;
  return path.startsWith("/") && isWellEncoded(path)
    ? {
        method: request.method ?? "",
        path,
        query: parseQuery(query.join("?")),
        headers: secureHost === undefined || isNamed ? headers : { ...headers, host: secureHost },
        secure: secureHost !== undefined || request.socket instanceof TLSSocket,
        address: request.socket.remoteAddress ?? "",
      }
    : undefined;
}

function isWellEncoded(path: string): boolean {
  try {
    return decodeURIComponent(path) !== "";
  } catch (error) {
    if (error instanceof URIError) {
      return false;
    }
    throw error;
  }
}

function flat({ headers }: IncomingMessage): Headers {
  const entries = Object.entries(headers).map(([name, value = ""]) => [name, String(value)]);
  return Object.fromEntries(entries) as Headers;
}

function hasBody(headers: Headers): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? "0") > 0;
}

function send(request: IncomingMessage, response: ServerResponse, reply: WholeResponse): void {
  const { status, headers, cookies, body } = reply;
  response.writeHead(status, {
    ...headers,
    ...(cookies && { "set-cookie": [...cookies] }),
    ...(status !== 304 && { "content-length": body.length }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
