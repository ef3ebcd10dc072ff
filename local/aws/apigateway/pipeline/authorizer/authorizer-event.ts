import { requestContext } from "../context-variables";
import type { Exchange, Route } from "../exchange";
import { forwardedHeaders, headerMaps, parameterMaps, requestLine } from "../proxy-event";
import type { Question } from "./question";

/**
 * What an authorizer's function gets: all of the request but its body, or the token alone. Unlike in
 * the event of a proxy integration, maps without an entry are empty objects, and the length of the
 * body is told.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function authorizerEvent(
  { authorizer, identity, methodArn }: Question,
  accountId: string,
  exchange: Exchange,
  route: Route,
): object {
  if (authorizer.type === "token") {
    return { type: "TOKEN", methodArn, authorizationToken: identity[0]?.at(-1) };
  }
  return {
    type: "REQUEST",
    methodArn,
    ...requestLine(exchange, route),
    ...headerMaps(withContentLength(exchange)),
    ...parameterMaps(exchange, route),
    requestContext: requestContext(accountId, exchange),
  };
}

function withContentLength(exchange: Exchange): ReadonlyMap<string, readonly string[]> {
  const length = exchange.headers.all("content-length");
  return new Map<string, readonly string[]>([
    ...forwardedHeaders(exchange),
    ...(length.length > 0 ? ([["Content-Length", length]] as const) : []),
  ]);
}
