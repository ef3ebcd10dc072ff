/**
 * Gateway response types, with the status, the text and the `x-amzn-ErrorType` that API Gateway
 * answers by default. Of failed authorizers it says nothing: `{"message":null}`. The last two are
 * only fallbacks of the others.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const responseTypes = {
  ACCESS_DENIED: [403, "Forbidden", "AccessDeniedException"],
  API_CONFIGURATION_ERROR: [500, "Internal server error", "InternalServerErrorException"],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null, "AuthorizerConfigurationException"],
  AUTHORIZER_FAILURE: [500, null, "AuthorizerFailureException"],
  BAD_REQUEST_BODY: [400, "Invalid request body", "BadRequestException"],
  BAD_REQUEST_PARAMETERS: [400, "Missing required request parameters", "BadRequestException"],
  EXPIRED_TOKEN: [
    403,
    "The security token included in the request is expired",
    "ExpiredTokenException",
  ],
  INTEGRATION_FAILURE: [504, "Internal server error", "InternalServerErrorException"],
  INTEGRATION_TIMEOUT: [504, "Endpoint request timed out", "InternalServerErrorException"],
  INVALID_API_KEY: [403, "Forbidden", "ForbiddenException"],
  INVALID_SIGNATURE: [403, "Forbidden", "InvalidSignatureException"],
  MISSING_AUTHENTICATION_TOKEN: [
    403,
    "Missing Authentication Token",
    "MissingAuthenticationTokenException",
  ],
  QUOTA_EXCEEDED: [429, "Limit Exceeded", "LimitExceededException"],
  REQUEST_TOO_LARGE: [413, "Request Too Long", "RequestTooLargeException"],
  RESOURCE_NOT_FOUND: [404, "Not Found", "NotFoundException"],
  THROTTLED: [429, "Too Many Requests", "TooManyRequestsException"],
  UNAUTHORIZED: [401, "Unauthorized", "UnauthorizedException"],
  UNSUPPORTED_MEDIA_TYPE: [415, "Unsupported Media Type", "BadRequestException"],
  WAF_FILTERED: [403, "Forbidden", "ForbiddenException"],
  DEFAULT_4XX: [400, "Bad Request", "BadRequestException"],
  DEFAULT_5XX: [500, "Internal server error", "InternalServerErrorException"],
} as const satisfies Record<string, readonly [number, string | null, string]>;

export type ResponseType = keyof typeof responseTypes;

/** The gateway itself answers, with the gateway response of a type. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly responseType: ResponseType;
  readonly statusCode: number;
  /** For `$context.error.message`; `null` where API Gateway has none. */
  readonly text: string | null;
  /** Value of `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** What the body model found, for `$context.error.validationErrorString`. */
  readonly validationError: string | undefined;

  constructor(
    responseType: ResponseType,
    options: {
      message?: string;
      statusCode?: number;
      validationError?: string;
      /** Why, for the execution log: never a body, never a key. */
      cause?: unknown;
    } = {},
  ) {
    const [statusCode, message, errorType] = responseTypes[responseType];
    const text = options.message ?? message;
    super(text ?? responseType, { cause: options.cause });
    this.text = text;
    this.responseType = responseType;
    this.statusCode = options.statusCode ?? statusCode;
    this.errorType = errorType;
    this.validationError = options.validationError;
  }
}
