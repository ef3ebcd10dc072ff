import { requestContext } from "./context-variables";
import type { Exchange, Route } from "./exchange";
import { isBinary, requestMediaType } from "./media-types";

/**
 * The event of a Lambda proxy integration, format 1.0. Path and path parameters stay
 * percent-encoded, query parameters are decoded, as in REST APIs on AWS.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(accountId: string, exchange: Exchange, route: Route): object {
  const { body, query, stage } = exchange;
  const headers = forwardedHeaders(exchange);
  const queryNames = [...new Set(query.keys())];
  const binary = body.length > 0 && isBinary(exchange, requestMediaType(exchange));
  return {
    resource: route.method.resourcePath,
    path: exchange.path,
    httpMethod: exchange.httpMethod,
    headers: lastValues(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: nullIfEmpty(
      queryNames.map((name) => [name, query.getAll(name).at(-1)] as const),
    ),
    multiValueQueryStringParameters: nullIfEmpty(
      queryNames.map((name) => [name, query.getAll(name)] as const),
    ),
    pathParameters: nullIfEmpty(Object.entries(route.pathParameters)),
    stageVariables: nullIfEmpty(Object.entries(stage.variables)),
    requestContext: requestContext(accountId, exchange),
    body: body.length > 0 ? body.toString(binary ? "base64" : "utf8") : null,
    isBase64Encoded: binary,
  };
}

/** The client's headers and what API Gateway adds, but for those that CloudFront would add. */
function forwardedHeaders({ headers, message, traceId }: Exchange): Map<string, string[]> {
  const forwarded = headers.forwarded();
  const { remoteAddress = "", localPort } = message.socket;
  const added = {
    "X-Amzn-Trace-Id": traceId,
    "X-Forwarded-For": [headers.list("x-forwarded-for"), remoteAddress].filter(Boolean).join(", "),
    "X-Forwarded-Port": String(localPort),
    // Where AWS speaks HTTPS only.
    "X-Forwarded-Proto": "http",
  };
  for (const name of forwarded.keys()) {
    if (Object.keys(added).some((key) => key.toLowerCase() === name.toLowerCase())) {
      forwarded.delete(name);
    }
  }
  for (const [name, value] of Object.entries(added)) {
    forwarded.set(name, [value]);
  }
  return forwarded;
}

function lastValues(headers: ReadonlyMap<string, readonly string[]>): object {
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.at(-1)]));
}

function nullIfEmpty(entries: readonly (readonly [string, unknown])[]): object | null {
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
