import type { AppliedPolicy } from "./security-headers";
import type { CorsRule, Headers, ViewerRequest } from "./types";
import { addToVary } from "./vary";

/**
 * The headers of a response after its policy was applied.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyPolicy(
  policy: AppliedPolicy,
  request: ViewerRequest,
  origin: Headers,
): Headers {
  const removed = new Set(policy.removeHeaders.map((header) => header.toLowerCase()));
  const kept = Object.entries(origin).filter(([header]) => !removed.has(header));
  const headers = withCors(policy.cors, request, Object.fromEntries(kept));
  for (const { header, value, override } of policy.headers) {
    const name = header.toLowerCase();
    if (override || headers[name] === undefined) {
      headers[name] = value;
    }
  }
  return headers;
}

function withCors(rule: CorsRule | undefined, request: ViewerRequest, origin: Headers): Headers {
  const isCors = ([header]: [string, string]) => header.startsWith("access-control-");
  const entries = Object.entries(origin);
  // Where the origin sends any CORS header and may not be overridden, it decides alone.
  if (rule === undefined || (!rule.originOverride && entries.some(isCors))) {
    return origin;
  }
  const others = Object.fromEntries(entries.filter((entry) => !isCors(entry)));
  return { ...others, ...corsHeaders(rule, request, others) };
}

function corsHeaders(rule: CorsRule, { method, headers }: ViewerRequest, others: Headers): Headers {
  const { origin } = headers;
  if (origin === undefined) {
    return {};
  }
  const anyOrigin = rule.allowOrigins.includes("*");
  if (!anyOrigin && !rule.allowOrigins.some((pattern) => matchesOrigin(pattern, origin))) {
    return {};
  }
  const isPreflight =
    method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return {
    "access-control-allow-origin": anyOrigin ? "*" : origin,
    ...(!anyOrigin && { vary: addToVary(others, "Origin") }),
    ...(rule.allowCredentials && { "access-control-allow-credentials": "true" }),
    ...(isPreflight ? preflightHeaders(rule) : exposedHeaders(rule)),
  };
}

function preflightHeaders({ allowMethods, allowHeaders, maxAgeSeconds }: CorsRule): Headers {
  const methods = allowMethods.includes("ALL")
    ? ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"]
    : allowMethods;
  return {
    "access-control-allow-methods": methods.join(", "),
    ...(allowHeaders.length > 0 && { "access-control-allow-headers": allowHeaders.join(", ") }),
    ...(maxAgeSeconds !== undefined && { "access-control-max-age": String(maxAgeSeconds) }),
  };
}

function exposedHeaders({ exposeHeaders }: CorsRule): Headers {
  return exposeHeaders.length > 0
    ? { "access-control-expose-headers": exposeHeaders.join(", ") }
    : {};
}

/** One `*` may stand for a subdomain or a port. */
function matchesOrigin(pattern: string, origin: string): boolean {
  const [before = "", after] = pattern.split("*");
  return after === undefined
    ? pattern === origin
    : origin.length > before.length + after.length &&
        origin.startsWith(before) &&
        origin.endsWith(after);
}
