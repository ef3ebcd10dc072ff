import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { deflate, gzip } from "node:zlib";
import type { Reply } from "./exchange";
import type { RequestHeaders } from "./request-headers";

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** Sends `reply` to the client. */
export function sendReply(response: ServerResponse, reply: Reply): void {
  const headers = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of reply.headers) {
    const key = name.toLowerCase();
    const known = headers.get(key) ?? { name, values: [] };
    headers.set(key, { name: known.name, values: [...known.values, value] });
  }
  for (const { name, values } of headers.values()) {
    response.setHeader(name, values);
  }
  response.statusCode = reply.statusCode;
  if (reply.statusCode === 204 || reply.statusCode === 304) {
    response.end();
    return;
  }
  response.setHeader("Content-Length", reply.body.length);
  response.end(reply.body);
}

/**
 * Compresses a reply of at least `minimumBytes` when the client accepts gzip or deflate.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
 *
 * Unlike AWS, bodies of requests are not decompressed.
 */
export async function compressReply(
  reply: Reply,
  requestHeaders: RequestHeaders,
  minimumBytes: number | undefined,
): Promise<Reply> {
  const accepted = requestHeaders.list("accept-encoding")?.toLowerCase() ?? "";
  const encoding = (["gzip", "deflate"] as const).find((name) => accepted.includes(name));
  const encoded = reply.headers.some(([name]) => name.toLowerCase() === "content-encoding");
  if (minimumBytes === undefined || reply.body.length < minimumBytes || !encoding || encoded) {
    return reply;
  }
  return {
    ...reply,
    headers: [...reply.headers, ["Content-Encoding", encoding]],
    body: await encoders[encoding](reply.body),
  };
}
