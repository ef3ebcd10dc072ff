import type { CorsConfig } from "./function-url-config";
import type { UrlRequest } from "./url-request";

/** Headers of a response, with lower-case names. */
export type UrlHeaders = Record<string, string | string[]>;

/** Whether a browser asks what it may do. Where CORS is configured, Lambda itself answers. */
export function isPreflight({ method, headers }: UrlRequest): boolean {
  return method === "OPTIONS" && "origin" in headers && "access-control-request-method" in headers;
}

/**
 * The headers that Lambda adds to a response, a preflight's or any other, for an origin that is
 * allowed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function corsHeaders(cors: CorsConfig, request: UrlRequest): UrlHeaders {
  const { allowOrigins = [] } = cors;
  const { origin } = request.headers;
  const isAnyOrigin = allowOrigins.includes("*");
  if (origin === undefined || !(isAnyOrigin || allowOrigins.includes(origin))) {
    return {};
  }
  return {
    "access-control-allow-origin": isAnyOrigin ? "*" : origin,
    ...(!isAnyOrigin && { vary: "Origin" }),
    ...(cors.allowCredentials === true && { "access-control-allow-credentials": "true" }),
    ...listed("access-control-expose-headers", cors.exposeHeaders),
    ...(isPreflight(request) && {
      ...listed("access-control-allow-methods", cors.allowMethods),
      ...listed("access-control-allow-headers", cors.allowHeaders),
      ...(cors.maxAge !== undefined && { "access-control-max-age": String(cors.maxAge) }),
    }),
  };
}

function listed(name: string, values: readonly string[] = []): UrlHeaders {
  return values.length > 0 ? { [name]: values.join(",") } : {};
}
