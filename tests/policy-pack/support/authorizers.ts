import { archiveOf } from "./archives";
import { type ProgramResource, ref, resource } from "./program";
import { workerFunction } from "./well-built";

/** A Lambda function whose handler allows what an expression says, of the event `event`. */
export function allowing(expression: string, name = "authorize"): ProgramResource {
  const statement = `{ Effect: "Allow", Action: "execute-api:Invoke", Resource: ${expression} }`;
  const document = `{ Version: "2012-10-17", Statement: [${statement}] }`;
  const answer = `{ principalId: "somebody", policyDocument: ${document} }`;
  return functionOf(`exports.handler = async (event) => (${answer});`, name);
}

/** A Lambda function of one file. */
export function functionOf(text: string, name = "authorize"): ProgramResource {
  return withCode(archiveOf({ "index.js": text }), name);
}

/** A Lambda function with the code, whatever it is. */
export function withCode(code: unknown, name = "authorize"): ProgramResource {
  const { role, handler, runtime } = workerFunction;
  return resource("aws:lambda/function:Function", name, { name, role, handler, runtime, code });
}

/** The URI by which API Gateway calls a function, where nothing but the name of the function is known. */
export function uriOf(name: string): string {
  const arn = `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  return `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** An authorizer of a REST API. */
export function restAuthorizer(
  api: ProgramResource,
  fn: ProgramResource,
  changes: object = {},
): ProgramResource {
  return resource("aws:apigateway/authorizer:Authorizer", "users", {
    name: "users",
    restApi: ref(api),
    type: "REQUEST",
    authorizerUri: ref(fn, "invokeArn"),
    ...changes,
  });
}

/** An authorizer of an HTTP API. */
export function httpAuthorizer(
  api: ProgramResource,
  fn: ProgramResource,
  changes: object = {},
): ProgramResource {
  return resource("aws:apigatewayv2/authorizer:Authorizer", "users", {
    name: "users",
    apiId: ref(api),
    authorizerType: "REQUEST",
    authorizerUri: ref(fn, "invokeArn"),
    authorizerPayloadFormatVersion: "2.0",
    identitySources: ["$request.header.Authorization"],
    ...changes,
  });
}

/** The document of an API with an authorizer, and with what is added to it. */
export function documentWith(authorizer: object, more: object = {}): string {
  const users = {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      authorizerUri: uriOf("authorize"),
      identitySource: "method.request.header.Authorization",
      ...authorizer,
    },
  };
  return JSON.stringify({
    openapi: "3.0.1",
    info: { title: "images", version: "1" },
    components: { securitySchemes: { users } },
    security: [{ users: [] }],
    paths: { "/images": { get: {} } },
    ...more,
  });
}
