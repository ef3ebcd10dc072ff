import type { OpenAPIV3 } from "openapi-types";

// What answers are made of: each value with what it means, its limits and an example.

/** A schema of one value, not of a list. */
export type Value = OpenAPIV3.NonArraySchemaObject;

/** What answers may not have in texts: control characters. */
const printable = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";

/** A whole number within its limits. */
export function integer(
  description: string,
  minimum: number,
  maximum: number,
  example: number,
): Value {
  return numberFormat({ type: "integer", minimum, maximum, description, example });
}

/** `schema` with the format by which languages with several kinds of integers pick one. */
export function numberFormat<Schema extends OpenAPIV3.SchemaObject>(schema: Schema): Schema {
  const format = (schema.maximum ?? Infinity) < 2 ** 31 ? "int32" : "int64";
  return schema.type === "integer" ? { ...schema, format } : schema;
}

/** A text for people, or a name, on one line. */
export function words(description: string, maxLength: number, example: string): Value {
  return { type: "string", minLength: 1, maxLength, pattern: printable, description, example };
}

/** One of these words. */
export function choice(description: string, values: readonly string[], example = values[0]): Value {
  return { type: "string", enum: [...values], description, example };
}

/** An id that no two things share. */
export function uuid(description: string, example: string = imageId): Value {
  return { type: "string", format: "uuid", minLength: 36, maxLength: 36, description, example };
}

/** A point in time, in UTC. */
export function instant(description: string, example: string): Value {
  return {
    type: "string",
    format: "date-time",
    minLength: 20,
    maxLength: 32,
    description,
    example,
  };
}

/** The address of something. Signed ones can be long. */
export function url(description: string, example: string): Value {
  return { type: "string", format: "uri", minLength: 8, maxLength: 8192, description, example };
}

/** Either of two. */
export function flag(description: string, example = true): Value {
  return { type: "boolean", description, example };
}

/** Texts by names of the sender's choice. */
export function texts(
  description: string,
  maxProperties: number,
  maxLength: number,
  example: Readonly<Record<string, string>>,
): Value {
  const additionalProperties: Value = {
    type: "string",
    minLength: 0,
    maxLength,
    pattern: printable,
  };
  return { type: "object", maxProperties, additionalProperties, description, example };
}

/** An object of which no more is said. */
export function anyObject(description: string, example: Readonly<Record<string, unknown>>): Value {
  return { type: "object", additionalProperties: true, description, example };
}

/** A part of a width or a height. */
export function share(description: string, example: number): Value {
  return { type: "number", format: "double", minimum: 0, maximum: 1, description, example };
}

/** The id of the image in all examples. */
export const imageId = "3f2a9c1e-8b7d-4e5f-9a6b-0c1d2e3f4a5b";

/** When it became ready. */
export const imageTime = "2026-03-14T09:26:53.589Z";

/** Where S3 is in all examples. */
export const bucketUrl = "https://darkroom-images-4e1f2d3.s3.us-east-1.amazonaws.com";

/** Where the CDN is in all examples. */
export const cdnUrl = "https://d111111abcdef8.cloudfront.net";
