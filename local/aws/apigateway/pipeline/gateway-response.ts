import type { GatewayResponseDefinition } from "../definition";
import type { Exchange, Reply } from "./exchange";
import { evaluateHeader, substitute } from "./expressions";
import type { GatewayError } from "./gateway-error";
import { responseTemplate } from "./media-types";

const builtIn: GatewayResponseDefinition = { headers: new Map(), templates: new Map() };
const mediaTypeOfBuiltIn = "application/json";

/**
 * Renders the gateway response for `error`: the API's own of that type, or else its `DEFAULT_4XX`
 * or `DEFAULT_5XX`, or else API Gateway's. Templates are no VTL: variables are replaced, that is
 * all.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponse(accountId: string, exchange: Exchange, error: GatewayError): Reply {
  const { gatewayResponses } = exchange.stage.deployment.definition;
  const fallback = error.statusCode < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
  const definition =
    gatewayResponses.get(error.responseType) ?? gatewayResponses.get(fallback) ?? builtIn;
  const [mediaType, text] = responseTemplate(exchange, definition.templates) ?? [
    mediaTypeOfBuiltIn,
    builtInTemplate(error),
  ];
  const headers = [...definition.headers].flatMap(([name, expression]): [string, string][] => {
    const value = evaluateHeader(expression, accountId, exchange);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    statusCode: definition.statusCode ?? error.statusCode,
    headers: [...headers, ["Content-Type", mediaType], ["x-amzn-ErrorType", error.errorType]],
    body: Buffer.from(substitute(text, accountId, exchange)),
  };
}

/** API Gateway spells the name with a capital where access is denied. */
function builtInTemplate({ responseType }: GatewayError): string {
  const name = responseType === "ACCESS_DENIED" ? "Message" : "message";
  return `{"${name}":$context.error.messageString}`;
}
