import type { OpenAPIV3 } from "openapi-types";
import * as z from "zod";
import { fieldExamples } from "./field-examples";
import { numberFormat } from "./values";

/** Members of an object by name. */
export type Members = Record<string, OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject>;

/** An object with these members and no others. */
export function object(required: Members, optional: Members = {}): OpenAPIV3.NonArraySchemaObject {
  return {
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
    additionalProperties: false,
  };
}

/** A reference to one of `schemas`. */
export function schemaRef(name: string): OpenAPIV3.ReferenceObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** The OpenAPI 3.0 schema of what `schema` takes in, its members with examples. */
export function toOpenApi(schema: z.core.$ZodType, description?: string): OpenAPIV3.SchemaObject {
  const made = z.toJSONSchema(schema, {
    target: "openapi-3.0",
    io: "input",
  }) as OpenAPIV3.SchemaObject;
  const { properties } = made;
  return {
    ...(description && { description }),
    ...made,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [
          name,
          withExample(name, member as OpenAPIV3.SchemaObject),
        ]),
      ),
    }),
  };
}

function withExample(name: string, schema: OpenAPIV3.SchemaObject): OpenAPIV3.SchemaObject {
  const example = fieldExamples[name];
  const isText = schema.type === "string" && typeof example === "object";
  return {
    ...numberFormat(schema),
    ...(example !== undefined && { example: isText ? JSON.stringify(example) : example }),
  };
}
