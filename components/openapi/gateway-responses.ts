import type { Origins } from "../../handlers/http/cors";
import { authorizerAnswers } from "./authorizer";
import { gatewayCors } from "./cors";
import { type GatewayAnswer, retryAfter } from "./gateway-answer";
import { errorTemplate, noSuchRoute } from "./mocks";

/** Limits that the gateway tells clients of whom it refuses. */
export interface GatewayLimits {
  /** Largest image that POST /images accepts, in bytes. */
  maxUploadBytes: number;
  /** Largest image that is accepted by a form of POST /uploads, in bytes. */
  maxDirectUploadBytes: number;
  /** Requests that an API key may make in a day (UTC). */
  dailyRequestQuota: number;
}

/**
 * Seconds after which a client whose quota is used up is to come back. The gateway cannot compute
 * how long it is until midnight: hourly, no client wastes many requests, nor much of the new day.
 */
const quotaRetrySeconds = 3600;

/**
 * What the gateway says when it refuses a request or cannot serve it, by response type.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const answers: Record<string, GatewayAnswer> = {
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    code: "InvalidRequest",
    // The gateway names them: Missing required request parameters: [id]
    error: "A parameter is missing or empty. $context.error.message.",
  },
  INVALID_API_KEY: {
    status: 403,
    code: "InvalidApiKey",
    error: "The header x-api-key is missing, or its key is not known.",
  },
  // What the gateway calls so is a request for a route that it does not have: a path, or a method
  // like TRACE, which it knows for no path.
  MISSING_AUTHENTICATION_TOKEN: noSuchRoute,
  RESOURCE_NOT_FOUND: noSuchRoute,
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    code: "UnsupportedMediaType",
    error: "The media type is not accepted on this route.",
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

/** The same for its limits. That a throttle has struck it knows, but not which of them. */
function limitAnswers(limits: GatewayLimits): Record<string, GatewayAnswer> {
  return {
    REQUEST_TOO_LARGE: {
      status: 413,
      code: "RequestTooLarge",
      // Of the gateway, which takes 10 MB, or of the function, which takes 6 MB, of a binary body as
      // base64: whichever it was, an image that POST /images accepts is within it.
      error:
        "The request is larger than the gateway passes on. POST /images takes images of up to " +
        `${limits.maxUploadBytes} bytes; send larger ones, of up to ` +
        `${limits.maxDirectUploadBytes} bytes, by a form of POST /uploads.`,
      details: { limit: "request", maxBytes: limits.maxUploadBytes },
    },
    QUOTA_EXCEEDED: {
      status: 429,
      code: "QuotaExceeded",
      error:
        `The API key's quota of ${limits.dailyRequestQuota} requests a day is used up. ` +
        "It begins anew at midnight UTC.",
      details: { limit: "quota", maxRequests: limits.dailyRequestQuota },
      headers: retryAfter(quotaRetrySeconds),
    },
    THROTTLED: {
      status: 429,
      code: "TooManyRequests",
      error: "Requests come too fast for a throttle. Try again in a second.",
      details: { limit: "throttle" },
      headers: retryAfter(1),
    },
  };
}

/**
 * All answers as the OpenAPI extension, with CORS headers, which the gateway's own lack.
 *
 * @param origins of pages that may read them.
 * @param hasAuthorizer whether there is one, which may let nobody in.
 */
export function gatewayResponses(
  limits: GatewayLimits,
  origins: Origins,
  hasAuthorizer: boolean,
): Record<string, { responseParameters: Record<string, string> }> {
  const all = { ...answers, ...limitAnswers(limits), ...(hasAuthorizer && authorizerAnswers) };
  return Object.fromEntries(
    Object.entries(all).map(([type, { status, code, error, details, headers }]) => [
      type,
      {
        ...(status && { statusCode: status }),
        responseParameters: Object.fromEntries(
          Object.entries({ ...gatewayCors(origins), ...staticValues(headers) }).map(
            ([name, value]) => [`gatewayresponse.header.${name}`, value],
          ),
        ),
        responseTemplates: { "application/json": errorTemplate(code, error, details) },
      },
    ]),
  );
}

function staticValues(headers: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, `'${value}'`] as const);
  return Object.fromEntries(entries);
}
