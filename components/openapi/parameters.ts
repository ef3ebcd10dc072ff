import type { OpenAPIV3 } from "openapi-types";
import type * as z from "zod";
import { IdempotencyKey } from "../../handlers/http/schemas";
import { toOpenApi } from "./schemas";

/** The id that is a segment of the path. */
export const idParameter: OpenAPIV3.ParameterObject = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string" },
};

/** The key by which a request can be repeated without a second effect. */
export const idempotencyKey = headerParameter(
  "Idempotency-Key",
  "Of the client's choice, new for every request: for a day, the same request with the same key " +
    "gets the same answer and has no second effect",
  toOpenApi(IdempotencyKey),
);

/** What the client has of an image already. */
export const ifNoneMatch = headerParameter(
  "If-None-Match",
  "ETags of what the client has, or *: if the image is among them, the answer is 304",
);

/** What the client knows of the image that it changes. */
export const ifMatch = headerParameter(
  "If-Match",
  "ETags of the metadata, or *: if the image's is not among them, nothing is changed",
);

/** Which bytes are wanted. */
export const rangeParameters = [
  headerParameter("Range", "One range of bytes, such as bytes=0-1023, where bytes are served"),
  headerParameter("If-Range", "An ETag: if the image has another, Range is passed over"),
];

/** Query parameters as `schema` takes them. */
export function queryParameters(
  schema: z.core.$ZodType,
  description?: string,
): OpenAPIV3.ParameterObject[] {
  const { properties = {}, required = [] } = toOpenApi(schema);
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description && { description }),
    schema: parameter,
  }));
}

function headerParameter(
  name: string,
  description: string,
  schema: OpenAPIV3.SchemaObject = { type: "string" },
): OpenAPIV3.ParameterObject {
  return { name, in: "header", required: false, description, schema };
}
