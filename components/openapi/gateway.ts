import type { OpenAPIV3 } from "openapi-types";
import type { Origins } from "../../handlers/http/cors";
import { anyTypes, statedImageTypes } from "../../handlers/images/image-types";
import { type Authorizer, authorizerScheme, authorizerSecurity } from "./authorizer";
import { type DocumentOptions, joinPaths, openApiDocument } from "./document";
import { type GatewayLimits, gatewayResponses } from "./gateway-responses";
import { importable, mapValues, modelOf } from "./gateway-subset";
import { allMethods, type Integrated, methodNotAllowed, notFound, preflight } from "./mocks";
import { openMocks } from "./open-mocks";
import { apiKeyScheme } from "./operations/security";
import { type ByOperation, entriesOf, operationsOf } from "./routes";
import { withTransportSecurity } from "./transport-security";
import { objectsFor, securitySchemes } from "./users";

/**
 * Media types that arrive as bytes, and that answers leave as bytes for. Any other body must be
 * text, JSON above all.
 *
 * Of a client's `Accept`, API Gateway looks at the first type alone. So besides what is accepted
 * here, this has what browsers ask for first where an image is to be.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/Content_negotiation/List_of_default_Accept_values
 */
export const binaryMediaTypes: readonly string[] = [
  ...statedImageTypes,
  ...anyTypes,
  "image/avif",
  "image/*",
  "multipart/form-data",
];

/** The longest that API Gateway waits for a function, in milliseconds. */
const timeoutMs = 29_000;

/** What the gateway's document says that the published one does not. */
export interface GatewaySettings extends GatewayLimits, DocumentOptions {
  allowedOrigins: Origins;
  /** Lets users in. `@default` there is none, and API keys alone are asked for */
  authorizer?: Authorizer;
  /** Value of the header `Strict-Transport-Security` of every answer. `@default` they have none */
  transportSecurity?: string;
}

/**
 * The document that API Gateway makes the API of: the published one, with integrations, preflights,
 * errors and validation.
 *
 * @param invokeArns by operation, the `invokeArn` of the function that runs it.
 */
export function gatewayDocument(
  invokeArns: ByOperation<string>,
  settings: GatewaySettings,
): object {
  const { allowedOrigins, authorizer, transportSecurity, scansUploads = false } = settings;
  const published = openApiDocument(authorizer, settings);
  const { openapi, info, components } = published;
  const operations = operationsOf(authorizer !== undefined);
  const described = entriesOf(objectsFor(authorizer, scansUploads));
  const objects = Object.fromEntries(
    described.map(([operation, object]) => [
      operation,
      { ...integrate(object, invokeArns[operation]), security: security(authorizer) },
    ]),
  );
  const open = openMocks(allowedOrigins, published);
  const paths = Object.entries(joinPaths(operations, open, objects));
  const document = {
    openapi,
    info,
    paths: {
      ...Object.fromEntries(
        paths.map(([path, item]) => [path, answerEveryMethod(item, allowedOrigins)]),
      ),
      ...unknownPaths(allowedOrigins, authorizer !== undefined),
    },
    components: {
      schemas: mapValues(components?.schemas ?? {}, modelOf),
      securitySchemes: schemes(authorizer),
    },
    "x-amazon-apigateway-api-key-source": authorizer ? "AUTHORIZER" : "HEADER",
    "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    "x-amazon-apigateway-gateway-responses": gatewayResponses(
      settings,
      allowedOrigins,
      authorizer !== undefined,
    ),
    "x-amazon-apigateway-request-validators": {
      // Bodies are for the functions to check: the gateway's own words do not say where in a body
      // a problem is.
      parameters: { validateRequestBody: false, validateRequestParameters: true },
    },
    "x-amazon-apigateway-request-validator": "parameters",
  };
  return transportSecurity === undefined
    ? document
    : withTransportSecurity(document, transportSecurity);
}

/**
 * Any other path answers preflights, so that pages can read that it does not exist. To all else, the
 * gateway has a response of its own, unless requests have the header `Authorization`: where nothing
 * says what that is, the gateway takes it for a signature of AWS's, and answers 403 with what is wrong
 * with that, the token included.
 * https://github.com/amazon-archives/aws-cognito-angular-quickstart/issues/50
 */
function unknownPaths(origins: Origins, hasAuthorizer: boolean): OpenAPIV3.PathsObject {
  const operations = {
    options: preflight(allMethods, origins),
    ...(hasAuthorizer && { "x-amazon-apigateway-any-method": notFound(origins) }),
  };
  const proxy = { name: "proxy", in: "path", required: true, schema: { type: "string" } } as const;
  const proxied = Object.entries(operations).map(
    ([method, operation]) => [method, { parameters: [proxy], ...operation }] as const,
  );
  return { "/": operations, "/{proxy+}": Object.fromEntries(proxied) };
}

/**
 * A method is asked for both: its user by the authorizer, and the API key that the authorizer names. Two
 * requirements, of which OpenAPI would take either, are what AWS SAM writes and API Gateway takes for that.
 */
function security(authorizer: Authorizer | undefined): OpenAPIV3.SecurityRequirementObject[] {
  return [...(authorizer ? [{ [authorizerScheme]: [] }] : []), { [apiKeyScheme]: [] }];
}

function schemes(authorizer: Authorizer | undefined): Record<string, object> {
  return {
    ...(authorizer && { [authorizerScheme]: authorizerSecurity(authorizer) }),
    ...securitySchemes(undefined),
  };
}

function integrate(
  operation: OpenAPIV3.OperationObject,
  invokeArn: string | undefined,
): OpenAPIV3.OperationObject<Integrated> {
  return {
    ...(importable(operation) as OpenAPIV3.OperationObject),
    // Its schemas would be made models, which would not be used.
    requestBody: undefined,
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: invokeArn,
      passthroughBehavior: "when_no_match",
      timeoutInMillis: timeoutMs,
    },
  };
}

function answerEveryMethod(item: OpenAPIV3.PathItemObject, origins: Origins) {
  const methods = [...Object.keys(item).map((method) => method.toUpperCase()), "OPTIONS"];
  return {
    ...item,
    options: preflight(methods, origins),
    "x-amazon-apigateway-any-method": methodNotAllowed(methods, origins),
  };
}
