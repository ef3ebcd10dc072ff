import type { OpenAPIV3 } from "openapi-types";
import { schemaRef } from "./json-schema";
import { exampleOf } from "./schema-examples";

/** A body that is JSON of one of `schemas`. */
export function jsonBody(schema: string, description: string): OpenAPIV3.RequestBodyObject {
  return {
    required: true,
    description,
    content: { "application/json": jsonContent(schema) },
  };
}

/** Content that is of one of `schemas`. */
export function jsonContent(schema: string): OpenAPIV3.MediaTypeObject {
  return { schema: schemaRef(schema), example: exampleOf(schema) };
}

/** Content that is an image of one of these types itself, of which text can give no example. */
export function imageBody(types: readonly string[]): Record<string, OpenAPIV3.MediaTypeObject> {
  return Object.fromEntries(
    types.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
  );
}
