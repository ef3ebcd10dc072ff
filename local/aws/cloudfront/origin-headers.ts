import { randomBytes } from "node:crypto";
import type { Headers, OriginCall, OriginHeader } from "./types";

/** These belong to one connection, or are counted anew. */
const hopByHop = [
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];

/**
 * Removed whatever the policies say.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-headers-behavior
 */
const neverForwarded = new Set([...hopByHop, "x-forwarded-proto", "x-real-ip"]);

/** What the cache asks on its own account: it wants the whole object, and compresses it itself. */
const ownToTheCache = [
  "accept-encoding",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
];

const notOfViewers = new Set([...neverForwarded, ...ownToTheCache]);

/** The headers of a viewer that an origin may see, of those that the policies select. */
export function forwardable(headers: Headers): Headers {
  const kept = Object.entries(headers).filter(
    ([name]) => !notOfViewers.has(name) && !name.startsWith("x-edge-"),
  );
  return Object.fromEntries(kept);
}

/** The headers of a response that are not about the connection that it came by, without cookies. */
export function endToEnd(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Headers {
  const kept: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (typeof value === "string" && !hopByHop.includes(lower)) {
      kept[lower] = value;
    }
  }
  return kept;
}

/** The headers that a custom origin gets, but for a signature. */
export function customOriginHeaders(
  call: OriginCall,
  options: { host: string; edge: string; customHeaders: readonly OriginHeader[] },
): Headers {
  const { headers } = call;
  const hops = headers["x-forwarded-for"];
  const via = `1.1 ${options.edge}.cloudfront.net (CloudFront)`;
  return {
    host: options.host,
    "user-agent": "Amazon CloudFront",
    ...headers,
    via: headers.via === undefined ? via : `${headers.via}, ${via}`,
    "x-amz-cf-id": requestId(),
    "x-forwarded-for": hops === undefined ? call.viewerAddress : `${hops},${call.viewerAddress}`,
    ...byName(options.customHeaders),
  };
}

/** Custom headers by lower-case name. */
export function byName(headers: readonly OriginHeader[]): Headers {
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
}

/** An opaque text that is different for every request, as `X-Amz-Cf-Id` has it. */
export function requestId(): string {
  return `${randomBytes(40).toString("base64url")}==`;
}
