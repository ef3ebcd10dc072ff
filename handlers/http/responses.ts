import type { APIGatewayProxyResult } from "aws-lambda";

/** Headers of a response by name. */
export type Headers = Readonly<Record<string, string>>;

/** A response of any status with a JSON body. */
export function jsonResponse(
  statusCode: number,
  body: object,
  headers: Headers = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/**
 * A response without a body, such as 204 or 302. The gateway would call it JSON if it had no type,
 * and no JSON is empty, while a text may be.
 */
export function emptyResponse(statusCode: number, headers: Headers = {}): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { "Content-Type": "text/plain", ...headers },
    body: "",
  };
}

/**
 * The response to a client that has the representation already. It repeats what caches go by; its
 * type, which the gateway would make JSON, is that of the representation.
 * https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5
 *
 * @param headers as the 200 would have them.
 */
export function notModified(
  headers: Headers & { "Content-Type": string; ETag: string; "Cache-Control": string },
): APIGatewayProxyResult {
  return emptyResponse(304, headers);
}

/**
 * A response whose body is bytes. The gateway decodes them only if the first media type that the
 * client accepts is one of the API's binary media types; else it sends their base64 text.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 *
 * @param base64 the bytes.
 * @param headers with the `Content-Type`.
 */
export function binaryResponse(
  statusCode: number,
  base64: string,
  headers: Headers & { "Content-Type": string },
): APIGatewayProxyResult {
  return {
    statusCode,
    headers,
    body: base64,
    isBase64Encoded: true,
  };
}
