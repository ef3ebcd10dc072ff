import type { OpenAPIV3 } from "openapi-types";
import type * as z from "zod";
import { imageTypes } from "../../handlers/shared/image-types";
import { ImageQuery, ListQuery, UploadQuery } from "../../handlers/shared/schemas";
import type { Operation } from "./routes";
import { schemaRef, toOpenApi } from "./schemas";

/** Name of the security scheme: the header `x-api-key`. */
export const apiKeyScheme = "apiKey";

/** Errors that every route behind an API key may answer. */
const commonErrors = [400, 403, 413, 429, 500, 502, 504];

const errorDescriptions: Record<number, string> = {
  400: "The request breaks the contract",
  403: "The API key is missing or wrong",
  404: "There is no such image",
  413: "The request, or what it would produce, is too large",
  415: "The media type is not accepted, or is not the image's",
  429: "Too many requests: over the key's quota of the day, or too fast",
  500: "Something went wrong in the API",
  502: "The operation could not be run",
  504: "The operation took too long",
};

/** What each operation takes and answers. */
export const operationObjects: Record<Operation, OpenAPIV3.OperationObject> = {
  "upload-image": {
    operationId: "uploadImage",
    summary: "Stores an image: as base64 in JSON, as a part of a form, or as the body itself",
    security: [{ [apiKeyScheme]: [] }],
    parameters: queryParameters(UploadQuery, "With an image as the body").map((parameter) => ({
      ...parameter,
      required: false,
    })),
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: schemaRef("UploadBody") },
        "multipart/form-data": { schema: schemaRef("UploadParts") },
        ...Object.fromEntries(
          imageTypes.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
        ),
      },
    },
    responses: responses(201, "The image was stored", "UploadedImage", [415]),
  },
  "list-images": {
    operationId: "listImages",
    summary: "Lists images, newest first: those of one user, or all",
    security: [{ [apiKeyScheme]: [] }],
    parameters: queryParameters(ListQuery),
    responses: responses(200, "A page of the list", "ImageList"),
  },
  "get-image": {
    operationId: "getImage",
    summary: "Gets an image's metadata and, if asked for, a URL to get the image by",
    security: [{ [apiKeyScheme]: [] }],
    parameters: [
      { name: "id", in: "path", required: true, schema: { type: "string" } },
      ...queryParameters(ImageQuery),
    ],
    responses: responses(200, "The image", "FoundImage", [404]),
  },
  "process-data": {
    operationId: "processData",
    summary: "Merges the posted fields over the record of that id and stores the result",
    security: [{ [apiKeyScheme]: [] }],
    requestBody: {
      required: true,
      content: { "application/json": { schema: schemaRef("ProcessBody") } },
    },
    responses: responses(200, "The result, and where it is stored", "ProcessedData"),
  },
};

/** What GET /health answers. */
export const healthOperation: OpenAPIV3.OperationObject = {
  operationId: "getHealth",
  summary: "Tells that the gateway answers; needs no API key",
  security: [],
  responses: { "200": jsonResponse("The gateway answers", "Health") },
};

/** Query parameters as `schema` takes them. */
function queryParameters(schema: z.ZodType, description?: string): OpenAPIV3.ParameterObject[] {
  const { properties = {}, required = [] } = toOpenApi(schema);
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description && { description }),
    schema: parameter,
  }));
}

function responses(
  status: number,
  description: string,
  schema: string,
  errors: number[] = [],
): OpenAPIV3.ResponsesObject {
  const failures = [...commonErrors, ...errors].map(
    (code) => [code, jsonResponse(errorDescriptions[code] ?? "", "ApiError")] as const,
  );
  return { [status]: jsonResponse(description, schema), ...Object.fromEntries(failures) };
}

function jsonResponse(description: string, schema: string): OpenAPIV3.ResponseObject {
  return {
    description,
    headers: { "Access-Control-Allow-Origin": { schema: { type: "string" } } },
    content: { "application/json": { schema: schemaRef(schema) } },
  };
}
