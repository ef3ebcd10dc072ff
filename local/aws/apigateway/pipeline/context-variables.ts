import type { AuthorizationFacts, Exchange } from "./exchange";

/** A tree of values, as `$context` is one. */
export type Variables = Readonly<Record<string, unknown>>;

/** The `requestContext` of a Lambda proxy event, which is what `$context` starts with. */
export function requestContext(accountId: string, exchange: Exchange): Variables {
  const { api, stage, route, apiKey, headers, message, authorization } = exchange;
  const domainName = headers.get("host") ?? "";
  return {
    resourceId: route?.method.resourceId,
    ...(authorization?.result && { authorizer: authorizerVariables(authorization) }),
    resourcePath: route?.method.resourcePath,
    httpMethod: exchange.httpMethod,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: commonLogTime(exchange.receivedAt),
    path: exchange.rawPath,
    accountId,
    protocol: `HTTP/${message.httpVersion}`,
    stage: stage.name,
    domainPrefix: domainName.split(".")[0],
    requestTimeEpoch: exchange.receivedAt.getTime(),
    requestId: exchange.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: null,
      cognitoIdentityId: null,
      caller: null,
      sourceIp: message.socket.remoteAddress,
      principalOrgId: null,
      accessKey: null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: null,
      userAgent: headers.get("user-agent") ?? null,
      user: null,
      ...(apiKey && { apiKey: apiKey.value, apiKeyId: apiKey.id }),
    },
    domainName,
    deploymentId: stage.deployment.id,
    apiId: api.id,
  };
}

/** What the authorizer said of the caller. What API Gateway itself says goes before that. */
function authorizerVariables({ result, integrationLatencyMs = 0 }: AuthorizationFacts): Variables {
  return {
    ...result?.context,
    principalId: result?.principalId,
    integrationLatency: integrationLatencyMs,
  };
}

/**
 * `$context` in templates and logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function contextVariables(accountId: string, exchange: Exchange): Variables {
  const { error, stage } = exchange;
  return {
    ...requestContext(accountId, exchange),
    ...(stage.tracingEnabled && { xrayTraceId: /Root=([^;]+)/.exec(exchange.traceId)?.[1] }),
    ...(error && {
      error: {
        message: error.text,
        messageString: JSON.stringify(error.text),
        responseType: error.responseType,
        validationErrorString: error.validationError,
      },
    }),
  };
}

/** The value at a dotted path, such as `identity.sourceIp`; `undefined` when there is none. */
export function variableAt(variables: unknown, path: string): unknown {
  return valueAt(variables, path.split("."));
}

/** The value at a path, such as `["identity", "sourceIp"]`; `undefined` when there is none. */
export function valueAt(variables: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Variables)[key]
        : undefined,
    variables,
  );
}

/** Such as `21/Nov/2025:22:04:05 +0000`. */
function commonLogTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(" ");
  return `${day}/${month}/${year}:${clock} +0000`;
}
