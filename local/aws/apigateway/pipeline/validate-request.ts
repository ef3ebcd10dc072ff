import type { Method, RequiredParameter } from "../definition";
import type { Exchange, Route } from "./exchange";
import { GatewayError } from "./gateway-error";
import { requestMediaType } from "./media-types";

/**
 * Checks required parameters and the body's model, as far as the method's validator says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 *
 * @throws GatewayError `BAD_REQUEST_PARAMETERS` or `BAD_REQUEST_BODY`.
 */
export function validateRequest(exchange: Exchange, { method, pathParameters }: Route): void {
  if (method.validateParameters) {
    const missing = method.requiredParameters.filter(
      (parameter) => !isPresent(exchange, pathParameters, parameter),
    );
    if (missing.length > 0) {
      const names = missing.map(({ name }) => name).join(", ");
      throw new GatewayError("BAD_REQUEST_PARAMETERS", {
        message: `Missing required request parameters: [${names}]`,
      });
    }
  }
  if (method.validateBody) {
    validateBody(exchange, method);
  }
}

function isPresent(
  { headers, query }: Exchange,
  pathParameters: Route["pathParameters"],
  { location, name }: RequiredParameter,
): boolean {
  switch (location) {
    case "header":
      // The validator, unlike the rest of API Gateway, minds the spelling of header names.
      return headers.hasExactly(name);
    case "path":
      return Object.hasOwn(pathParameters, name);
    case "querystring":
      return (query.get(name) ?? "").trim() !== "";
  }
}

/** A body of a media type without a model is not validated; an empty one counts as `{}`. */
function validateBody(exchange: Exchange, { models }: Method): void {
  const mediaType = requestMediaType(exchange);
  const model = models.get(mediaType) ?? models.get("$default");
  const validationError = model?.(parseJson(exchange.body.toString("utf8") || "{}"));
  if (validationError !== undefined) {
    exchange.trace.push(`Request body does not match model schema for content type ${mediaType}`);
    throw new GatewayError("BAD_REQUEST_BODY", { validationError });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayError("BAD_REQUEST_BODY", { validationError: "[Unable to parse JSON]" });
  }
}
