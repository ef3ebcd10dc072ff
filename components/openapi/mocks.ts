import type { OpenAPIV3 } from "openapi-types";
import type { Origins } from "../../handlers/http/cors";
import { corsHeaders, corsTemplate } from "./cors";
import type { GatewayAnswer } from "./gateway-answer";

/**
 * Media types of requests that a mock answers. A mock needs a template for the request's type, and
 * with no template matching would take the request's body for one and fail with a 500; so the types
 * that clients plausibly send are listed, and others get a 415.
 */
const requestTypes = [
  "application/json",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
  "application/xml",
  "binary/octet-stream",
  "image/*",
  "image/apng",
  "image/avif",
  "image/gif",
  "image/jpeg",
  "image/jpg",
  "image/pjpeg",
  "image/png",
  "image/vnd.mozilla.apng",
  "image/webp",
  "image/x-png",
  "multipart/form-data",
  "text/html",
  "text/plain",
  "text/xml",
];

interface MockAnswer {
  /** Of pages that may read it. */
  origins: Origins;
  status: number;
  description: string;
  headers?: Record<string, string>;
  /** A mapping template; without one the body is empty. */
  body?: string;
}

/** What API Gateway adds to an operation: how it is carried out. */
export interface Integrated {
  "x-amazon-apigateway-integration": object;
}

/**
 * Bytes that a mapping template may have, a quota that cannot be raised.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const maxTemplateBytes = 300 * 1024;

/**
 * An operation that the gateway answers by itself, without an API key.
 *
 * @throws Error when the answer is too large.
 */
export function mockOperation(answer: MockAnswer): OpenAPIV3.OperationObject<Integrated> {
  const { origins, status, description, headers = {}, body = "" } = answer;
  // What has no body would be called JSON, and no JSON is empty.
  const type = body === "" ? { "Content-Type": "text/plain" } : {};
  const allHeaders = Object.entries({ ...corsHeaders(origins), ...type, ...headers });
  const names = new Set(["Access-Control-Allow-Origin", ...allHeaders.map(([name]) => name)]);
  return {
    security: [],
    responses: {
      [status]: {
        description,
        headers: Object.fromEntries(
          [...names].map((name) => [name, { schema: { type: "string" } }]),
        ),
        content: { "application/json": {} },
      },
    },
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "never",
      requestTemplates: Object.fromEntries(
        requestTypes.map((type) => [type, JSON.stringify({ statusCode: status })]),
      ),
      // Of a binary body, or with a client that accepts images, a mock would otherwise make bytes.
      contentHandling: "CONVERT_TO_TEXT",
      responses: {
        default: {
          statusCode: String(status),
          responseParameters: Object.fromEntries(
            allHeaders.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
          ),
          responseTemplates: { "application/json": templateOf(origins, body) },
          contentHandling: "CONVERT_TO_TEXT",
        },
      },
    },
  };
}

function templateOf(origins: Origins, body: string): string {
  const template = corsTemplate(origins) + body;
  const bytes = Buffer.byteLength(template);
  if (bytes > maxTemplateBytes) {
    throw new Error(
      `A mapping template of ${bytes} bytes is none for API Gateway, which takes ${maxTemplateBytes}.`,
    );
  }
  return template;
}

/** Methods that API Gateway knows. */
export const allMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

/** Headers that pages may send besides those that need no leave. */
const allowedHeaders = [
  "Accept",
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "If-Range",
  "Range",
  "X-Api-Key",
];

/** The answer to a browser that asks whether a page may send a request with these methods. */
export function preflight(methods: readonly string[], origins: Origins): OpenAPIV3.OperationObject {
  return mockOperation({
    origins,
    status: 204,
    description: "What pages of other origins may send",
    headers: {
      "Access-Control-Allow-Methods": methods.join(","),
      "Access-Control-Allow-Headers": allowedHeaders.join(","),
      "Access-Control-Max-Age": "3600",
    },
  });
}

/** The answer to a method that a path does not have. */
export function methodNotAllowed(
  methods: readonly string[],
  origins: Origins,
): OpenAPIV3.OperationObject {
  return mockOperation({
    origins,
    status: 405,
    description: "The path has no such method",
    headers: { Allow: methods.join(","), "Access-Control-Expose-Headers": "Allow" },
    body: errorTemplate("MethodNotAllowed", `This path has only ${methods.join(", ")}.`),
  });
}

/** What a client is told of a path that the API does not have. */
export const noSuchRoute = {
  status: 404,
  code: "NotFound",
  error: "There is no such route.",
} as const satisfies GatewayAnswer;

/** The answer to any method of such a path. */
export function notFound(origins: Origins): OpenAPIV3.OperationObject {
  const { status, code, error } = noSuchRoute;
  const description = "There is no such path";
  return mockOperation({ origins, status, description, body: errorTemplate(code, error) });
}

/**
 * The body of an error that the gateway makes, as the functions make theirs. Works as a mapping
 * template and as that of a gateway response, which knows no more than plain `$context` variables.
 */
export function errorTemplate(code: string, error: string, details: object = {}): string {
  return JSON.stringify({ error, code, requestId: "$context.requestId", ...details });
}
