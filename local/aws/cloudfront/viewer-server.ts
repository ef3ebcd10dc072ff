import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Distribution } from "./distribution";
import { errorPage } from "./error-page";
import type { Headers, ViewerRequest, WholeResponse } from "./types";

/**
 * Lets viewers talk to a distribution by HTTP.
 *
 * @param find the distribution, once there is one.
 */
export function viewerServer(
  find: () => Distribution | undefined,
  notify: (line: string) => void,
): RequestListener {
  return (request, response) => {
    request.resume();
    void answer(find(), request, notify).then((reply) => {
      send(request, response, reply);
    });
  };
}

async function answer(
  distribution: Distribution | undefined,
  request: IncomingMessage,
  notify: (line: string) => void,
): Promise<WholeResponse> {
  const viewer = viewerRequest(request);
  if (viewer === undefined) {
    return errorPage(400, "Bad request.");
  }
  if (viewer.method === "GET" && hasBody(viewer.headers)) {
    return errorPage(403, "Bad request: a GET request must not have a body.");
  }
  if (distribution === undefined) {
    return errorPage(403, "There is no distribution here.");
  }
  try {
    return await distribution.respond(viewer);
  } catch (error) {
    notify(`CloudFront failed: ${String(error)}`);
    return errorPage(502, "The origin did not answer as it should.");
  }
}

function viewerRequest(request: IncomingMessage): ViewerRequest | undefined {
  const [path = "", ...query] = (request.url ?? "").split("?");
  return path.startsWith("/") && isWellEncoded(path)
    ? {
        method: request.method ?? "",
        path,
        query: new URLSearchParams(query.join("?")),
        headers: flat(request),
        secure: request.socket instanceof TLSSocket,
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
  const { status, headers, body } = reply;
  const length = status === 304 ? {} : { "content-length": String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  response.end(request.method === "HEAD" ? undefined : body);
}
