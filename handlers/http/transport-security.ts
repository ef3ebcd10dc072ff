import type { APIGatewayProxyResult } from "aws-lambda";
import type { Headers } from "./responses";

/**
 * The header by which browsers ask for HTTPS from now on, where the environment variable
 * `STRICT_TRANSPORT_SECURITY` says so: of a name that AWS's customers share, none is told.
 */
export function readTransportSecurity(settings: NodeJS.ProcessEnv): Headers {
  const { STRICT_TRANSPORT_SECURITY: value } = settings;
  return value ? { "Strict-Transport-Security": value } : {};
}

/** A response with further headers. */
export function withHeaders(
  response: APIGatewayProxyResult,
  headers: Headers,
): APIGatewayProxyResult {
  return { ...response, headers: { ...response.headers, ...headers } };
}
