import { isObject } from "../../../is-object";
import type { ApiDocument, JsonObject } from "./document";
import { schemasIn } from "./method";

/** What a method answers with, by its status. */
export interface MethodResponse {
  statusCode: string;
  /** By name; whether they are always there. */
  headers: ReadonlyMap<string, boolean>;
  /** By media type. */
  schemas: readonly (readonly [string, JsonObject])[];
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MethodResponse.html */
export const statusSyntax = /^[1-5]\d\d$/;

/** The responses of an operation, without those that are of no one status. */
export function methodResponses(document: ApiDocument, operation: JsonObject): MethodResponse[] {
  return Object.entries(document.object(operation.responses))
    .filter(([statusCode]) => statusSyntax.test(statusCode))
    .map(([statusCode, given]) => {
      const response = document.object(given);
      const headers = Object.entries(document.object(response.headers)).map(
        ([name, header]) => [name, document.object(header).required === true] as const,
      );
      return {
        statusCode,
        headers: new Map(headers),
        schemas: responseSchemas(document, operation, response),
      };
    });
}

/** OpenAPI 3 has a schema per media type; Swagger 2.0 one for all that the operation produces. */
export function responseSchemas(
  document: ApiDocument,
  operation: JsonObject,
  { content, schema }: JsonObject,
): [string, JsonObject][] {
  if (!isObject(schema)) {
    return schemasIn(document, content);
  }
  const produces = operation.produces ?? document.root.produces ?? ["application/json"];
  return (produces as string[]).map((mediaType) => [mediaType, schema]);
}
