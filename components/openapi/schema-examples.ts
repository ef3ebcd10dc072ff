import type { OpenAPIV3 } from "openapi-types";
import { schemas } from "./schemas";
import { userSchemas } from "./user-schemas";

type Schema = OpenAPIV3.SchemaObject | OpenAPIV3.ReferenceObject;

/** Members that are not there beside the others, by schema. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  ImageMetadata: ["locationRemoved"],
  ListedImage: ["locationRemoved", "distance"],
  Upload: ["reason"],
};

/**
 * What a body of one of `schemas` may be, made of the examples of its members; `undefined` if there is no such
 * schema, which whoever validates the document is told.
 */
export function exampleOf(name: string): unknown {
  const schema = schemas[name] ?? userSchemas[name];
  return schema && exampleFrom(schema, leftOut[name]);
}

function exampleFrom(schema: Schema, without: readonly string[] = []): unknown {
  if ("$ref" in schema) {
    return exampleOf(schema.$ref.replace(/^.*\//, ""));
  }
  if (schema.example !== undefined) {
    return schema.example as unknown;
  }
  if (schema.type === "array") {
    return [exampleFrom(schema.items)];
  }
  const members = Object.entries(schema.properties ?? {})
    .filter(([name]) => !without.includes(name))
    .map(([name, member]) => [name, exampleFrom(member)] as const);
  return Object.fromEntries(members);
}
