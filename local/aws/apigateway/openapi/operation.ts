import type { Method, RequiredParameter } from "../definition";
import type { ApiDocument, JsonObject } from "./document";

/** What a document says of a method. */
export interface DocumentedOperation {
  definition: JsonObject;
  /** Its own after those of its path, which have the same names at times. */
  parameters: readonly JsonObject[];
}

/** What a document has in the place of a method's name for all of a path. */
export const anyMethod = "x-amazon-apigateway-any-method";

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
  const definition = document.object(item[operationKey(httpMethod)]);
  return {
    definition,
    parameters: [...document.objects(item.parameters), ...document.objects(definition.parameters)],
  };
}

/** What a document calls a method of a path. */
export function operationKey(httpMethod: string): string {
  return httpMethod === "ANY" ? anyMethod : httpMethod.toLowerCase();
}

/** Where a parameter stands in a request; nothing for bodies and what API Gateway does not keep. */
export function locationOf({ in: given, name }: JsonObject): RequiredParameter | undefined {
  const location = locations.get(given);
  return location && typeof name === "string" ? { location, name } : undefined;
}
