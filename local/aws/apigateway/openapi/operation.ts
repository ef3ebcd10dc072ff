import type { Method, RequiredParameter } from "../definition";
import type { ApiDocument, JsonObject } from "./document";

/** What a document says of a method. */
export interface DocumentedOperation {
  definition: JsonObject;
  /** Its own after those of its path, which have the same names at times. */
  parameters: readonly JsonObject[];
}

const locations = new Map<unknown, RequiredParameter["location"]>([
  ["header", "header"],
  ["path", "path"],
  ["query", "querystring"],
]);

/** What `document` says of a method that was read from it. */
export function operationOf(
  document: ApiDocument,
  { resourcePath, httpMethod }: Pick<Method, "resourcePath" | "httpMethod">,
): DocumentedOperation {
  const item = document.object(document.object(document.root.paths)[resourcePath]);
  const key = httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : httpMethod.toLowerCase();
  const definition = document.object(item[key]);
  return {
    definition,
    parameters: [...document.objects(item.parameters), ...document.objects(definition.parameters)],
  };
}

/** Where a parameter stands in a request; nothing for bodies and what API Gateway does not keep. */
export function locationOf({ in: given, name }: JsonObject): RequiredParameter | undefined {
  const location = locations.get(given);
  return location && typeof name === "string" ? { location, name } : undefined;
}
