import { requestContext } from "./context-variables";
import type { Exchange, Route } from "./exchange";
import { isBinary, requestMediaType } from "./media-types";

/**
 * The event of a Lambda proxy integration, format 1.0. Path and path parameters stay
 * percent-encoded, query parameters are decoded, as in REST APIs on AWS.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function proxyEvent(accountId: string, exchange: Exchange, route: Route): object {
  const { body } = exchange;
  const binary = body.length > 0 && isBinary(exchange, requestMediaType(exchange));
  return {
    ...requestLine(exchange, route),
    ...headerMaps(forwardedHeaders(exchange)),
    ...mapValues(parameterMaps(exchange, route), nullIfEmpty),
    requestContext: requestContext(accountId, exchange),
    body: body.length > 0 ? body.toString(binary ? "base64" : "utf8") : null,
    isBase64Encoded: binary,
  };
}

/** What is called: the same in all events of API Gateway. */
export function requestLine({ toldPath: path, httpMethod }: Exchange, { method }: Route): object {
  return { resource: method.resourcePath, path, httpMethod };
}

/** Each header's last value, and all of them. */
export function headerMaps(headers: ReadonlyMap<string, readonly string[]>): object {
  return {
    headers: Object.fromEntries([...headers].map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: Object.fromEntries(headers),
  };
}

/** Parameters of query, path and stage by the name of their field. */
export function parameterMaps(
  { query, stage }: Exchange,
  { pathParameters }: Route,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const names = [...new Set(query.keys())];
  return {
    queryStringParameters: Object.fromEntries(
      names.map((name) => [name, query.getAll(name).at(-1)]),
    ),
    multiValueQueryStringParameters: Object.fromEntries(
      names.map((name) => [name, query.getAll(name)]),
    ),
    pathParameters,
    stageVariables: stage.variables,
  };
}

/** Headers that API Gateway adds: what the client has sent of them is replaced. */
const addedHeaders = [
  "X-Amzn-Trace-Id",
  "X-Forwarded-For",
  "X-Forwarded-Port",
  "X-Forwarded-Proto",
] as const;
const addedNames: ReadonlySet<string> = new Set(addedHeaders.map((name) => name.toLowerCase()));

/** The client's headers and what API Gateway adds, but for those that CloudFront would add. */
export function forwardedHeaders({ headers, message, traceId }: Exchange): Map<string, string[]> {
  const forwarded = headers.forwarded();
  const { remoteAddress = "", localPort } = message.socket;
  const added: Record<(typeof addedHeaders)[number], string> = {
    "X-Amzn-Trace-Id": traceId,
    "X-Forwarded-For": [headers.list("x-forwarded-for"), remoteAddress].filter(Boolean).join(", "),
    "X-Forwarded-Port": String(localPort),
    // Where AWS speaks HTTPS only.
    "X-Forwarded-Proto": "http",
  };
  for (const name of forwarded.keys()) {
    if (addedNames.has(name.toLowerCase())) {
      forwarded.delete(name);
    }
  }
  for (const [name, value] of Object.entries(added)) {
    forwarded.set(name, [value]);
  }
  return forwarded;
}

function mapValues<T>(values: Readonly<Record<string, T>>, change: (value: T) => unknown): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function nullIfEmpty(values: object): object | null {
  return Object.keys(values).length > 0 ? values : null;
}
