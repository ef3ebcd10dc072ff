import type { OpenAPIV3 } from "openapi-types";
import { imageTypes } from "../../handlers/shared/image-types";
import { joinPaths, openApiDocument } from "./document";
import { gatewayResponses } from "./gateway-responses";
import { type Integrated, methodNotAllowed, mockOperation, preflight } from "./mocks";
import { healthOperation, operationObjects } from "./operations";
import { mapOperations, type Operation } from "./routes";

/** Media types that arrive as bytes. Any other body must be text, JSON above all. */
export const binaryMediaTypes: readonly string[] = [...imageTypes, "multipart/form-data"];

/** The longest that API Gateway waits for a function, in milliseconds. */
const timeoutMs = 29_000;

/**
 * The document that API Gateway makes the API of: the published one, with integrations, preflights,
 * errors and validation.
 *
 * @param invokeArns by operation, the `invokeArn` of the function that runs it.
 */
export function gatewayDocument(invokeArns: Readonly<Record<Operation, string>>): object {
  const { openapi, info, components } = openApiDocument();
  const objects = mapOperations((operation) =>
    integrate(operationObjects[operation], invokeArns[operation]),
  );
  const paths = Object.entries(joinPaths(health(), objects));
  return {
    openapi,
    info,
    paths: Object.fromEntries(paths.map(([path, item]) => [path, answerEveryMethod(item)])),
    components,
    "x-amazon-apigateway-api-key-source": "HEADER",
    "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    "x-amazon-apigateway-gateway-responses": gatewayResponses(),
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-request-validator": "all",
  };
}

function integrate(
  { requestBody, ...operation }: OpenAPIV3.OperationObject,
  invokeArn: string,
): OpenAPIV3.OperationObject<Integrated> {
  return {
    ...operation,
    ...(requestBody && { requestBody: jsonOnly(requestBody as OpenAPIV3.RequestBodyObject) }),
    "x-amazon-apigateway-integration": {
      type: "aws_proxy",
      httpMethod: "POST",
      uri: invokeArn,
      passthroughBehavior: "when_no_match",
      timeoutInMillis: timeoutMs,
    },
  };
}

/** The gateway would hold any body that has a schema against it as if it were JSON. */
function jsonOnly({ required, content }: OpenAPIV3.RequestBodyObject) {
  const json = Object.entries(content).filter(([type]) => type === "application/json");
  return { required, content: Object.fromEntries(json) };
}

function health(): OpenAPIV3.OperationObject {
  const { operationId, summary } = healthOperation;
  const body = JSON.stringify({ status: "ok" });
  const mock = mockOperation({ status: 200, description: "The gateway answers", body });
  return { operationId, summary, ...mock };
}

function answerEveryMethod(item: OpenAPIV3.PathItemObject) {
  const methods = [...Object.keys(item).map((method) => method.toUpperCase()), "OPTIONS"];
  return {
    ...item,
    options: preflight(methods),
    "x-amazon-apigateway-any-method": methodNotAllowed(methods),
  };
}
