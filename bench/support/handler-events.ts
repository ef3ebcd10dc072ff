import type { APIGatewayProxyEvent } from "aws-lambda";

/** What there is to say of a request. */
export interface RequestParts {
  method: string;
  /** With names in braces. */
  resource: string;
  id?: string;
  query?: Record<string, string>;
  contentType?: string;
  /** Text as it is; bytes as the gateway passes them on, in base64. */
  body?: string | Buffer;
}

/** The event that the gateway makes of a request. */
export function requestEvent(parts: RequestParts): Partial<APIGatewayProxyEvent> {
  const { method, resource, id, query, contentType, body } = parts;
  const type = "content-type";
  return {
    httpMethod: method,
    resource,
    path: resource,
    headers: contentType === undefined ? {} : { [type]: contentType },
    multiValueHeaders: contentType === undefined ? {} : { [type]: [contentType] },
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    pathParameters: id === undefined ? null : { id },
    stageVariables: null,
    body: body === undefined ? null : body.toString(body instanceof Buffer ? "base64" : undefined),
    isBase64Encoded: body instanceof Buffer,
    requestContext: {
      requestId: "request",
      identity: { apiKeyId: "key" },
    } as APIGatewayProxyEvent["requestContext"],
  };
}
