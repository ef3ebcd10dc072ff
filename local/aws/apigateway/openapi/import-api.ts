import { z } from "zod";
import type { ApiDefinition, Method, Resource } from "../definition";
import { notEmulated } from "../../not-emulated";
import { badRequest } from "../errors";
import { derivedId } from "../identifiers";
import { ApiDocument, type JsonObject } from "./document";
import { readGatewayResponses } from "./gateway-responses";
import { readMethod } from "./method";
import { ModelCompiler } from "./models";
import { anyMethod } from "./operation";
import { checkPaths } from "./paths";
import { Security } from "./security";

const httpMethods = new Set(["get", "put", "post", "delete", "options", "head", "patch"]);
const settings = z.object({
  "x-amazon-apigateway-binary-media-types": z.array(z.string()).default([]),
  "x-amazon-apigateway-minimum-compression-size": z
    .number()
    .int()
    .min(0)
    .max(10_485_760)
    .optional(),
  "x-amazon-apigateway-api-key-source": z
    .string()
    .default("HEADER")
    .transform((source) => source.toUpperCase())
    .pipe(z.enum(["HEADER", "AUTHORIZER"])),
});

/**
 * Imports an OpenAPI 3.0 or Swagger 2.0 document as API Gateway's PutRestApi does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 *
 * @param apiId makes the resources' identifiers.
 * @throws AwsError `BadRequestException` for what AWS refuses, `NotImplemented` for what the local
 * gateway cannot serve: other integrations than `aws_proxy` and `mock`, other authorizers than
 * functions, policies.
 */
export function importApi(body: string, apiId: string): ApiDefinition {
  const document = new ApiDocument(body);
  if (document.root["x-amazon-apigateway-policy"] !== undefined) {
    throw notEmulated("resource policies of an API");
  }
  const parsed = settings.safeParse(document.root);
  if (!parsed.success) {
    throw badRequest(`Invalid OpenAPI input: ${z.prettifyError(parsed.error)}`);
  }
  const minimumCompressionSize = parsed.data["x-amazon-apigateway-minimum-compression-size"];
  return {
    source: body,
    resources: readResources(document, apiId),
    gatewayResponses: readGatewayResponses(document),
    apiKeySource: parsed.data["x-amazon-apigateway-api-key-source"],
    binaryMediaTypes: parsed.data["x-amazon-apigateway-binary-media-types"],
    ...(minimumCompressionSize === undefined ? {} : { minimumCompressionSize }),
  };
}

function readResources(document: ApiDocument, apiId: string): Resource[] {
  const paths = Object.entries(document.object(document.root.paths));
  checkPaths(paths.map(([path]) => path));
  const models = new ModelCompiler(document);
  const security = new Security(document, apiId);
  return paths.map(([path, item]) => {
    const id = derivedId(`${apiId}${path}`, 6);
    const methods = readMethods(document, models, security, id, path, document.object(item));
    return { id, path, methods };
  });
}

function readMethods(
  document: ApiDocument,
  models: ModelCompiler,
  security: Security,
  resourceId: string,
  path: string,
  item: JsonObject,
): ReadonlyMap<string, Method> {
  const pathParameters = document.objects(item.parameters);
  const methods = Object.entries(item)
    .filter(([key]) => httpMethods.has(key) || key === anyMethod)
    .map(([key, value]) => {
      const httpMethod = key === anyMethod ? "ANY" : key.toUpperCase();
      const definition = document.object(value);
      return readMethod(document, models, security, {
        httpMethod,
        resourceId,
        path,
        definition,
        pathParameters,
      });
    });
  return new Map(methods.map((method) => [method.httpMethod, method]));
}
