import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { randomId } from "../../random-id";
import type { RestApi, Stage } from "../state";
import type { Exchange } from "./exchange";
import { RequestHeaders } from "./request-headers";

/** A request target in its parts. */
export interface Target {
  stageName: string;
  /** As received, without the query. */
  rawPath: string;
  path: string;
  /** What functions are told, where that is not {@link path}: with the base path of a domain name. */
  toldPath?: string;
  query: URLSearchParams;
}

/** Takes the request target apart: `/prod/images?limit=5`. Several slashes before or behind the stage count as one. */
export function parseTarget(url: string): Target {
  const origin = url.startsWith("/") ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const [given = "", ...rest] = origin.split("?");
  const rawPath = given.replace(/^\/+/, "/");
  const [, stageName = "", path = ""] = /^\/([^/]*)(.*)$/.exec(rawPath) ?? [];
  return {
    stageName,
    rawPath,
    path: `/${path.replace(/^\/+/, "")}`,
    query: new URLSearchParams(rest.join("?")),
  };
}

/** Starts the record of a request to `stage`. */
export function beginExchange(
  message: IncomingMessage,
  target: Target,
  api: RestApi,
  stage: Stage,
  receivedAt: Date,
): Exchange {
  const headers = new RequestHeaders(message.rawHeaders);
  return {
    message,
    api,
    stage,
    httpMethod: message.method ?? "GET",
    path: target.path,
    toldPath: target.toldPath ?? target.path,
    rawPath: target.rawPath,
    query: target.query,
    headers,
    requestId: randomUUID(),
    extendedRequestId: newExtendedRequestId(),
    ...traceHeaders(headers.get("x-amzn-trace-id"), stage.tracingEnabled, receivedAt),
    receivedAt,
    body: Buffer.alloc(0),
    trace: [],
  };
}

/** Value of `x-amz-apigw-id`, such as `JKJaXmPLvHcESHA=`. */
export function newExtendedRequestId(): string {
  return randomId(11, "base64");
}

/**
 * What the integration and the client are told of the trace. Where the stage does not trace, the client is told what it
 * has sent, with a root and a parent that are made up where it has sent none, and `Sampled=0`.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
function traceHeaders(
  incoming = "",
  tracing: boolean,
  now: Date,
): Pick<Exchange, "traceId" | "repliedTraceId"> {
  const root = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/i.exec(incoming)?.[1];
  const [, parent = randomId(8, "hex")] = /;\s*Parent=([0-9a-f]{16})/i.exec(incoming) ?? [];
  const [, sampled = "0"] = /;\s*Sampled=([01])/i.exec(incoming) ?? [];
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  const trace = `Root=${root ?? `1-${seconds}-${randomId(12, "hex")}`}`;
  if (!tracing) {
    return { traceId: trace, repliedTraceId: `${trace};Parent=${parent};Sampled=${sampled}` };
  }
  // Every request is sampled: nothing is sent to X-Ray, so there is nothing to save.
  const traceId = `${trace};Parent=${randomId(8, "hex")};Sampled=1`;
  return { traceId, repliedTraceId: traceId };
}
