import { once } from "node:events";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Replayable } from "../trace/types";

/** Headers of one connection, or that follow from the body. */
const leftOut = /^(?:connection|keep-alive|transfer-encoding|content-length|expect|upgrade)$/i;

/** Where answers have the id by which the request is found. */
const idHeaders = ["x-amzn-requestid", "x-amz-cf-id"] as const;

/**
 * Sends a request again, as it came.
 *
 * @returns the id of the new one, once it is answered; `undefined` if the answer has none.
 * @throws Error when it is not answered.
 */
export async function replay({
  method,
  url,
  headers,
  body,
}: Replayable): Promise<string | undefined> {
  const kept = headers.filter(([name]) => !leftOut.test(name));
  const length: [string, string][] =
    body.length > 0 ? [["content-length", String(body.length)]] : [];
  const options = { method, agent: false, setHost: false } as const;
  const sent = url.startsWith("https:")
    ? // Of the run itself, whose certificate is of an authority that nobody knows.
      requestHttps(url, { ...options, rejectUnauthorized: false })
    : requestHttp(url, options);
  for (const [name, value] of [...kept, ...length]) {
    sent.appendHeader(name, value);
  }
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  await once(answer, "end");
  return idHeaders.flatMap((name) => answer.headers[name] ?? []).flat()[0];
}
