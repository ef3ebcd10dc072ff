import { notEmulated } from "../../not-emulated";
import type { ApiDocument, JsonObject } from "./document";

/**
 * Whether an operation needs an API key: when its `security`, or else the document's, names a
 * scheme of type `apiKey` in the header `x-api-key`. Other schemes have no effect in API Gateway
 * either, unless they bring an authorizer.
 *
 * @throws AwsError `NotImplemented` for authorizers and IAM authorization.
 */
export function apiKeyRequired(document: ApiDocument, operation: JsonObject): boolean {
  if (operation["x-amazon-apigateway-auth"] !== undefined) {
    throw notEmulated("x-amazon-apigateway-auth of an API");
  }
  const schemes = securitySchemes(document);
  return document
    .objects(operation.security ?? document.root.security)
    .flatMap((requirement) => Object.keys(requirement))
    .some((name) => isApiKey(document.object(schemes[name])));
}

function isApiKey(scheme: JsonObject): boolean {
  if (
    scheme["x-amazon-apigateway-authorizer"] !== undefined ||
    scheme["x-amazon-apigateway-authtype"] !== undefined
  ) {
    throw notEmulated("authorizers of an API");
  }
  const { type, name } = scheme;
  return type === "apiKey" && String(name).toLowerCase() === "x-api-key";
}

function securitySchemes(document: ApiDocument): JsonObject {
  return document.object(
    document.object(document.root.components).securitySchemes ?? document.root.securityDefinitions,
  );
}
