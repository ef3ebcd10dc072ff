import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";

const stage = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/v1";

/** What a test says about a request. */
export interface AuthorizerRequest {
  /** Lines by name. */
  headers?: Record<string, string[]>;
  query?: Record<string, string[]>;
  /** `@default` that of GET /images */
  methodArn?: string;
}

/** What a REST API asks a REQUEST authorizer. */
export function authorizerEvent(request: AuthorizerRequest = {}): APIGatewayRequestAuthorizerEvent {
  const { headers = {}, query = {}, methodArn = `${stage}/GET/images` } = request;
  return {
    type: "REQUEST",
    methodArn,
    resource: "/images",
    path: "/images",
    httpMethod: "GET",
    headers: lastOf(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: query,
    pathParameters: {},
    stageVariables: {},
    requestContext: {
      requestId: "request-1",
    } as APIGatewayRequestAuthorizerEvent["requestContext"],
  };
}

/** Of several lines, events have the last. */
function lastOf(lines: Record<string, string[]>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(lines).map(([name, all]) => [name, all.at(-1)]));
}

/** The policy that an authorizer answers with for the stage of `authorizerEvent`. */
export function stagePolicy(effect: "Allow" | "Deny") {
  const Statement = [{ Action: "execute-api:Invoke", Effect: effect, Resource: `${stage}/*` }];
  return { Version: "2012-10-17", Statement };
}
