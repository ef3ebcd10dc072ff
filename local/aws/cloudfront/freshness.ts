import type { CachePolicy, CustomErrorResponse, Headers } from "./types";
import { variesByAnything } from "./vary";

/** Seconds that errors are kept where no custom error response says otherwise. */
const defaultErrorTtl = 10;

/**
 * Errors that are always kept for a while.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
 */
const cachedErrors = [404, 414, 500, 501, 502, 503, 504];

/** Those that are kept if a custom error response names them or if the origin sends a maximum age. No other is. */
const cachedByAge = [400, 403, 405, 412, 415];

/**
 * Seconds that a response stays fresh; 0 is not kept at all.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
export function timeToLive(headers: Headers, policy: CachePolicy, now: Date): number {
  const { minTtl, defaultTtl, maxTtl } = policy;
  const directives = cacheControl(headers);
  if (["no-cache", "no-store", "private"].some((directive) => directives.has(directive))) {
    return minTtl;
  }
  if (minTtl === 0 && variesByAnything(headers)) {
    return 0;
  }
  const wanted = maxAge(directives) ?? untilExpiry(headers, now) ?? defaultTtl;
  return Math.max(minTtl, Math.min(wanted, maxTtl));
}

/** Seconds that an error is kept, so that the origin is not asked again at once. */
export function errorTimeToLive(
  status: number,
  headers: Headers,
  custom: CustomErrorResponse | undefined,
): number {
  const age = maxAge(cacheControl(headers));
  const isAsked = custom !== undefined || age !== undefined;
  if (!cachedErrors.includes(status) && !(cachedByAge.includes(status) && isAsked)) {
    return 0;
  }
  return Math.max(custom?.errorCachingMinTtl ?? defaultErrorTtl, age ?? 0);
}

function cacheControl(headers: Headers): Map<string, string> {
  const directives = (headers["cache-control"] ?? "").toLowerCase().split(",");
  return new Map(
    directives.map((directive) => {
      const [name = "", value = ""] = directive.split("=");
      return [name.trim(), value.trim().replaceAll('"', "")];
    }),
  );
}

function maxAge(directives: Map<string, string>): number | undefined {
  const value = directives.get("s-maxage") ?? directives.get("max-age");
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
}

function untilExpiry(headers: Headers, now: Date): number | undefined {
  const { expires } = headers;
  if (expires === undefined) {
    return undefined;
  }
  const time = Date.parse(expires);
  // What is no date has expired already: https://www.rfc-editor.org/rfc/rfc9111#section-5.3
  return Number.isNaN(time) ? 0 : Math.max(0, (time - now.getTime()) / 1000);
}
