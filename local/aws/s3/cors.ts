import type { ReplyHeaders } from "./reply";
import type { CorsRule } from "./store/configuration";

/** What a browser asks to do. */
export interface CorsRequest {
  origin: string;
  method: string;
  /** Header names that a preflight asks for. */
  headers: readonly string[];
}

/**
 * What a request asks to share, if it comes from a page. One that brings the headers of a preflight is
 * judged by those, whatever its own method.
 *
 * @param header finds a request header by its name in lower case.
 */
export function corsRequestOf(
  method: string,
  header: (name: string) => string | undefined,
): CorsRequest | undefined {
  const origin = header("origin");
  const headers = (header("access-control-request-headers") ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return origin === undefined
    ? undefined
    : { origin, method: header("access-control-request-method") ?? method, headers };
}

/**
 * The first rule that allows all of a request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function findCorsRule(
  rules: readonly CorsRule[],
  request: CorsRequest,
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => matches(pattern, request.origin)) &&
      rule.allowedMethods.includes(request.method) &&
      request.headers.every((name) =>
        rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name.toLowerCase())),
      ),
  );
}

/** The response headers of a request that `rule` allows. */
export function corsHeaders(rule: CorsRule, request: CorsRequest): ReplyHeaders {
  const forAll = rule.allowedOrigins.includes("*");
  return {
    "access-control-allow-origin": forAll ? "*" : request.origin,
    "access-control-allow-methods": rule.allowedMethods.join(", "),
    "access-control-allow-headers":
      request.headers.length > 0 ? request.headers.join(", ").toLowerCase() : undefined,
    "access-control-expose-headers":
      rule.exposeHeaders.length > 0 ? rule.exposeHeaders.join(", ") : undefined,
    "access-control-max-age":
      rule.maxAgeSeconds === undefined ? undefined : String(rule.maxAgeSeconds),
    "access-control-allow-credentials": forAll ? undefined : "true",
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** Patterns have at most one `*`. */
function matches(pattern: string, value: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) {
    return value === pattern;
  }
  return (
    value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end)
  );
}
