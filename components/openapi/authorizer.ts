import { type GatewayAnswer, retryAfter } from "./gateway-answer";

/** The function that tells the gateway whom to let in, and as whom. */
export interface Authorizer {
  /** Its `invokeArn`. */
  invokeArn: string;
  /** Whether requests may have an API key instead of a token. */
  allowApiKeys: boolean;
}

/** Name of the security scheme. */
export const authorizerScheme = "user";

/**
 * Seconds for which the gateway goes by what the authorizer has said of a token. That a token ends
 * earlier the functions notice.
 */
const cacheSeconds = 300;

/**
 * The authorizer as a security scheme. The gateway keeps what it says by the header, and without one
 * answers 401 itself: all identity sources have to be there. Where an API key may come instead, there
 * can be none, and so nothing is kept.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function authorizerSecurity({ invokeArn, allowApiKeys }: Authorizer): object {
  const cache = allowApiKeys
    ? { authorizerResultTtlInSeconds: 0 }
    : {
        identitySource: "method.request.header.Authorization",
        authorizerResultTtlInSeconds: cacheSeconds,
      };
  return {
    type: "apiKey",
    // What it has to be where no header alone is the identity.
    name: allowApiKeys ? "Unused" : "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": { type: "request", authorizerUri: invokeArn, ...cache },
  };
}

const undecided: GatewayAnswer = {
  status: 503,
  code: "AuthorizationUnavailable",
  error: "Whether the token is accepted cannot be told at the moment. Try again in ten seconds.",
  headers: retryAfter(10),
};

/**
 * What the gateway says when the authorizer has let nobody in, by response type. A token that is not
 * accepted is denied, since an error of the function would ring the alarm: that is for the cases in
 * which the function cannot tell.
 */
export const authorizerAnswers: Readonly<Record<string, GatewayAnswer>> = {
  UNAUTHORIZED: {
    status: 401,
    code: "Unauthorized",
    error: "The header Authorization is missing: send the bearer token of a user.",
    headers: challenge("Bearer"),
  },
  ACCESS_DENIED: {
    status: 401,
    code: "InvalidToken",
    // No full stop after the variable: names of variables have some.
    error: "The bearer token is not accepted ($context.authorizer.reason).",
    headers: challenge('Bearer error="invalid_token"'),
  },
  AUTHORIZER_FAILURE: undecided,
  AUTHORIZER_CONFIGURATION_ERROR: undecided,
};

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function challenge(value: string): Record<string, string> {
  return { "WWW-Authenticate": value, "Access-Control-Expose-Headers": "WWW-Authenticate" };
}
