import type { BodyModel, Method, RequiredParameter } from "../definition";
import { badRequest } from "../errors";
import { isObject } from "../../../is-object";
import type { ApiDocument, JsonObject } from "./document";
import { readIntegration } from "./integration";
import type { ModelCompiler } from "./models";
import { locationOf } from "./operation";
import type { Security } from "./security";

/** An operation of the document and where it stands. */
export interface Operation {
  httpMethod: string;
  resourceId: string;
  path: string;
  /** The operation object. */
  definition: JsonObject;
  /** The parameters that the path item gives all its operations. */
  pathParameters: readonly JsonObject[];
}

/**
 * Reads an operation.
 *
 * @throws AwsError `BadRequestException` or `NotImplemented`, naming method and path.
 */
export function readMethod(
  document: ApiDocument,
  models: ModelCompiler,
  security: Security,
  operation: Operation,
): Method {
  const { httpMethod, resourceId, path, definition, pathParameters } = operation;
  const where = `'${httpMethod}' for resource at path '${path}'`;
  const integration = readIntegration(document, definition, where);
  const parameters = [...pathParameters, ...document.objects(definition.parameters)];
  return {
    httpMethod,
    resourceId,
    resourcePath: path,
    ...security.of(definition, where),
    requiredParameters: requiredParameters(parameters),
    ...readValidator(document, definition, where),
    models: readModels(document, models, definition, parameters),
    ...(integration && { integration }),
  };
}

/** In the order in which API Gateway names missing ones. */
function requiredParameters(parameters: readonly JsonObject[]): RequiredParameter[] {
  return parameters
    .filter(({ required }) => required === true)
    .flatMap((parameter) => locationOf(parameter) ?? [])
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ location, name }: RequiredParameter): string {
  return `${location}.${name}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validator.html */
function readValidator(
  document: ApiDocument,
  definition: JsonObject,
  where: string,
): Pick<Method, "validateBody" | "validateParameters"> {
  const key = "x-amazon-apigateway-request-validator";
  const name = definition[key] ?? document.root[key];
  if (name === undefined) {
    return { validateBody: false, validateParameters: false };
  }
  const validators = document.object(document.root["x-amazon-apigateway-request-validators"]);
  const validator = typeof name === "string" ? validators[name] : undefined;
  if (!isObject(validator)) {
    throw badRequest(`Invalid request validator ${JSON.stringify(name)} specified on ${where}`);
  }
  return {
    validateBody: validator.validateRequestBody === true,
    validateParameters: validator.validateRequestParameters === true,
  };
}

function readModels(
  document: ApiDocument,
  models: ModelCompiler,
  definition: JsonObject,
  parameters: readonly JsonObject[],
): ReadonlyMap<string, BodyModel> {
  return new Map(
    bodySchemas(document, definition, parameters).map(([mediaType, schema]) => [
      mediaType.toLowerCase(),
      models.compile(schema),
    ]),
  );
}

/** OpenAPI 3 has a schema per media type; Swagger 2.0 one body parameter for all it consumes. */
export function bodySchemas(
  document: ApiDocument,
  definition: JsonObject,
  parameters: readonly JsonObject[],
): [string, JsonObject][] {
  const schemas = schemasIn(document, document.object(definition.requestBody).content);
  const body = parameters.find((parameter) => parameter.in === "body");
  if (!isObject(body?.schema)) {
    return schemas;
  }
  const { schema } = body;
  const consumes = definition.consumes ?? document.root.consumes ?? ["application/json"];
  return (consumes as string[]).map((mediaType) => [mediaType, schema]);
}

/** The schemas of what OpenAPI 3 calls a content, by media type. */
export function schemasIn(document: ApiDocument, content: unknown): [string, JsonObject][] {
  return Object.entries(document.object(content)).flatMap(([mediaType, media]) => {
    const { schema } = document.object(media);
    return isObject(schema) ? [[mediaType, schema] satisfies [string, JsonObject]] : [];
  });
}
