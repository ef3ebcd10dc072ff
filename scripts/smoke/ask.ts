import { type IncomingHttpHeaders, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import { parseJson } from "../../local/parse-json";

/** Milliseconds that a request may take; API Gateway and CloudFront give up earlier. */
const patienceMs = 65_000;

/** An answer, whatever it says. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** What the body says if it is JSON, and nothing otherwise. */
  body: Readonly<Record<string, unknown>>;
  /** Of the connection; there is none of plain HTTP. */
  tls?: { protocol: string; validUntil: Date };
}

/** What is sent besides the URL. */
export interface Asked {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: Buffer;
  /** Certificate of an authority that is trusted in place of the usual ones. */
  ca?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Sends one request, over a connection of its own, and follows no redirect. */
export async function ask(
  url: string,
  { method, headers, body, ca, signal }: Asked = {},
): Promise<Answer> {
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const patience = AbortSignal.timeout(patienceMs);
  const options: RequestOptions & { ca?: string } = {
    method: method ?? "GET",
    headers: { ...headers, ...(body && { "content-length": String(body.length) }) },
    agent: false,
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    ...(ca !== undefined && { ca }),
  };
  return await new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      const tls = tlsOf(response.socket);
      buffer(response).then((bytes) => {
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, bytes, body: jsonOf(received, bytes), ...tls });
      }, reject);
    });
    request.on("error", reject).end(body);
  });
}

function tlsOf(socket: unknown): Pick<Answer, "tls"> {
  if (!(socket instanceof TLSSocket)) {
    return {};
  }
  const validUntil = new Date(socket.getPeerCertificate().valid_to);
  return { tls: { protocol: socket.getProtocol() ?? "", validUntil } };
}

function jsonOf(headers: IncomingHttpHeaders, bytes: Buffer): Answer["body"] {
  if (!headers["content-type"]?.startsWith("application/json")) {
    return {};
  }
  // That it is none is for the check to find.
  return (parseJson(bytes.toString("utf8")) ?? {}) as Answer["body"];
}
