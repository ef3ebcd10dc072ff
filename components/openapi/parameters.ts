import type { OpenAPIV3 } from "openapi-types";
import type * as z from "zod";
import { IdempotencyKey, RecordPath } from "../../handlers/http/schemas";
import { toOpenApi } from "./json-schema";
import { imageId, uuid, type Value } from "./values";

/** The id of an image that is a segment of the path; of anything else, the answer is 404. */
export const idParameter: OpenAPIV3.ParameterObject = fromSchema("id", "path", {
  ...uuid("Of the image, or of the upload that it was"),
  example: imageId,
});

/** The id of a record that is a segment of the path. */
export const recordIdParameter: OpenAPIV3.ParameterObject = recordPathParameter();

/** API Gateway takes no more of headers, all together. */
const maxHeaderBytes = 10_240;

/** What a header can hold at all. */
const headerText: Value = {
  type: "string",
  maxLength: maxHeaderBytes,
  pattern: "^[\\t\\x20-\\x7e\\x80-\\xff]*$",
};

const etag = '"9b2cf535f27731c974343645a3985328"';

/** The key by which a request can be repeated without a second effect. */
export const idempotencyKey = headerParameter(
  "Idempotency-Key",
  "Of the client's choice, new for every request: for a day, the same request with the same key " +
    "gets the same answer and has no second effect",
  "b9d0c7a2-5e41-4c36-8f0a-2d7e6b1c9f53",
  { ...toOpenApi(IdempotencyKey), minLength: 1, maxLength: 255 },
);

/** What the client has already. */
export const ifNoneMatch = headerParameter(
  "If-None-Match",
  "ETags of what the client has, or *: if what it asks for is among them, the answer is 304",
  etag,
);

/** What the client has seen of what it asks for. */
export const ifStill = headerParameter(
  "If-Match",
  "ETags of what the client has seen, or *: if that of what it asks for is not among them, the answer is 412",
  etag,
);

/** What the client knows of what it changes. */
export const ifMatch = headerParameter(
  "If-Match",
  "ETags of what the client knows, or *: if that of what is there is not among them, nothing is changed",
  etag,
);

/** What must not be there. */
export const ifAbsent = headerParameter(
  "If-None-Match",
  "* to change nothing that is there already; or ETags, of which what is there must have none",
  "*",
);

/** What the client does not mean to change. */
export const ifOther = headerParameter(
  "If-None-Match",
  "ETags, of which what is there must have none: else nothing is changed, nor is anything that is there with *",
  '"0f343b0931126a20f133d67c2b018a3b"',
);

/** Which bytes are wanted. */
export const rangeParameters = [
  headerParameter(
    "Range",
    "One range of bytes, such as bytes=0-1023, where bytes are served",
    "bytes=0-1023",
  ),
  headerParameter("If-Range", "An ETag: if the image has another, Range is passed over", etag),
];

/** Query parameters as `schema` takes them. */
export function queryParameters(
  schema: z.core.$ZodType,
  when?: string,
): OpenAPIV3.ParameterObject[] {
  const { properties = {}, required = [] } = toOpenApi(schema);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...member } = property as OpenAPIV3.SchemaObject;
    const told = [when, description].filter((text) => text !== undefined).join(". ");
    return {
      ...fromSchema(name, "query", { ...member, description: told }),
      required: required.includes(name),
    };
  });
}

/** A parameter that says of itself what its schema would. */
export function fromSchema(
  name: string,
  place: "path" | "query" | "header",
  { description = "", example, ...schema }: OpenAPIV3.SchemaObject,
): OpenAPIV3.ParameterObject {
  return {
    name,
    in: place,
    required: place === "path",
    description,
    schema: schema,
    example: example as unknown,
  };
}

function headerParameter(
  name: string,
  description: string,
  example: string,
  schema: OpenAPIV3.SchemaObject = headerText,
): OpenAPIV3.ParameterObject {
  return fromSchema(name, "header", { ...schema, description, example });
}

function recordPathParameter(): OpenAPIV3.ParameterObject {
  const { properties = {} } = toOpenApi(RecordPath);
  const id = properties.id as Value;
  const description = `${id.description ?? ""}; percent-encoded, so that a slash is %2F`;
  return fromSchema("id", "path", { ...id, description });
}
