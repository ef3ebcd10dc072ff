const requestId = "8b1f6d0e-2c4a-4f7b-9e3d-5a6c7d8e9f01";

/** An error of each status. */
export const errorExamples: Readonly<Record<number, object>> = {
  400: {
    ...said("InvalidRequest", "size is required."),
    details: [{ field: "size", problem: "is required", pointer: "/size" }],
  },
  401: said("InvalidToken", "The bearer token is not accepted (its signature is not valid)."),
  403: said("InvalidApiKey", "The header x-api-key is missing, or its key is not known."),
  404: said("NotFound", "There is nothing with this id."),
  409: said(
    "RequestInProgress",
    "A request with this Idempotency-Key is being worked on: try again shortly.",
  ),
  412: said(
    "PreconditionFailed",
    "The image's metadata is not what If-Match asks for: get it, and decide anew.",
  ),
  413: {
    ...said("RequestTooLarge", "The request is larger than the limit of 4194304 bytes."),
    limit: "request",
    maxBytes: 4_194_304,
  },
  414: said("RequestRefused", "The gateway refused the request."),
  415: said("UnsupportedMediaType", "Content-Type must be application/json, and is text/csv."),
  416: said("RangeNotSatisfiable", "The image has no such bytes: it has 1024."),
  422: said(
    "IdempotencyKeyReused",
    "This Idempotency-Key came with another request: use a new key for every request.",
  ),
  429: {
    ...said("TooManyRequests", "Requests come too fast for a throttle. Try again in a second."),
    limit: "throttle",
  },
  500: said("InternalError", "Something went wrong on our side. Try again."),
  502: said("BadGateway", "The operation could not be run. Try again."),
  503: said("ServiceUnavailable", "This cannot be done at the moment. Try again."),
  504: said("GatewayTimeout", "The operation took too long. Try again."),
};

function said(code: string, error: string) {
  return { error, code, requestId };
}
