import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";

export interface ViewedResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface ViewOptions {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
  /** PEM of the trusted authority; without one, the system's. */
  ca?: string;
  /** Name that the certificate is to be for. @default the URL's host */
  servername?: string;
}

/** Requests `url` as it stands: nothing is normalised, redirected or decompressed. */
export function view(url: string, options: ViewOptions = {}): Promise<ViewedResponse> {
  const { method = "GET", headers, body, ca, servername } = options;
  const [scheme = "", host = "", path = ""] =
    /^(https?):\/\/([^/]*)(.*)$/.exec(url)?.slice(1) ?? [];
  const [hostname, port] = host.split(":");
  const send = scheme === "https" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { hostname, port, path, method, headers, ca, servername, agent: false },
      (incoming) => {
        buffer(incoming).then((content) => {
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: content });
        }, reject);
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
