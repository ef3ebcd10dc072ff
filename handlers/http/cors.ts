import type { APIGatewayProxyResult } from "aws-lambda";
import { setting } from "../aws/settings";
import type { Headers } from "./responses";

/** Origins of pages that may read responses, such as `https://app.example.com`, or `*` alone: all. */
export type Origins = readonly string[];

/** Every origin. */
export const allOrigins: Origins = ["*"];

/** @throws Error when the environment does not say which origins may read responses. */
export function readOrigins(settings: NodeJS.ProcessEnv): Origins {
  const origins: unknown = JSON.parse(setting(settings, "ALLOWED_ORIGINS"));
  if (!Array.isArray(origins) || !origins.every((origin) => typeof origin === "string")) {
    throw new Error("The environment variable ALLOWED_ORIGINS is no list of strings.");
  }
  return origins;
}

/**
 * Of a response's headers, a page sees but a few unless they are named.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Expose-Headers
 */
const exposed: Headers = {
  "Access-Control-Expose-Headers":
    "Accept-Ranges, Content-Range, ETag, Idempotency-Replayed, Location, Retry-After",
};

/**
 * A response with the headers by which a browser decides whether the page that asked may read it.
 * Where that depends on the page, caches are told, also when the answer is no.
 * https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 *
 * @param origin the request's header of this name, if it has one.
 */
export function withCors(
  response: APIGatewayProxyResult,
  origins: Origins,
  origin: string | undefined,
): APIGatewayProxyResult {
  const { headers = {} } = response;
  if (origins.includes("*")) {
    return { ...response, headers: { ...headers, ...allowing("*") } };
  }
  const vary = headers.Vary === undefined ? "Origin" : `${String(headers.Vary)}, Origin`;
  const isAllowed = origin !== undefined && origins.includes(origin);
  return { ...response, headers: { ...headers, Vary: vary, ...(isAllowed && allowing(origin)) } };
}

function allowing(origin: string): Headers {
  return { "Access-Control-Allow-Origin": origin, ...exposed };
}
