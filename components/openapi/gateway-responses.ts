import { corsHeaders, errorTemplate } from "./mocks";

interface GatewayAnswer {
  /** Left out, the gateway's own stays. */
  status?: number;
  code: string;
  error: string;
  headers?: Record<string, string>;
}

/**
 * What the gateway says when it refuses a request or cannot serve it, by response type.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const answers: Record<string, GatewayAnswer> = {
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    code: "InvalidRequest",
    error: "A parameter is missing or empty.",
  },
  INVALID_API_KEY: {
    status: 403,
    code: "InvalidApiKey",
    error: "The header x-api-key is missing, or its key is not known.",
  },
  // What the gateway calls so is a request for a route that it does not have.
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    code: "NotFound",
    error: "There is no such route.",
  },
  RESOURCE_NOT_FOUND: { status: 404, code: "NotFound", error: "There is no such route." },
  REQUEST_TOO_LARGE: {
    status: 413,
    code: "RequestTooLarge",
    error: "The request is larger than the gateway or the function takes.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    code: "UnsupportedMediaType",
    error: "The media type is not accepted on this route.",
  },
  QUOTA_EXCEEDED: {
    status: 429,
    code: "QuotaExceeded",
    error: "The API key's quota is used up until midnight UTC.",
  },
  THROTTLED: {
    status: 429,
    code: "TooManyRequests",
    error: "Requests come too fast. Try again in a second.",
    headers: { "Retry-After": "1", "Access-Control-Expose-Headers": "Retry-After" },
  },
  INTEGRATION_FAILURE: {
    status: 502,
    code: "BadGateway",
    error: "The operation could not be run. Try again.",
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    code: "GatewayTimeout",
    error: "The operation took too long. Try again.",
  },
  DEFAULT_4XX: { code: "RequestRefused", error: "The gateway refused the request." },
  DEFAULT_5XX: {
    code: "InternalError",
    error: "Something went wrong on our side. Try again; if it persists, report the request id.",
  },
};

/** `answers` as the OpenAPI extension, with CORS headers, which the gateway's own lack. */
export function gatewayResponses(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([type, { status, code, error, headers }]) => [
      type,
      {
        ...(status && { statusCode: status }),
        responseParameters: Object.fromEntries(
          Object.entries({ ...corsHeaders, ...headers }).map(([name, value]) => [
            `gatewayresponse.header.${name}`,
            `'${value}'`,
          ]),
        ),
        responseTemplates: { "application/json": errorTemplate(code, error) },
      },
    ]),
  );
}
