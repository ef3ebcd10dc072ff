import type { OpenAPIV3 } from "openapi-types";
import { DirectUploadBody, UpdateBody, UploadBody, UploadParts } from "../../handlers/http/schemas";
import { errorLimits, errorSchema, problemSchema } from "./error-schemas";
import { imageSchemas } from "./image-schemas";
import { object, toOpenApi } from "./json-schema";
import { processingSchemas } from "./processing-schemas";
import { anyObject, choice, words } from "./values";
import { uploadSchemas } from "./upload-schemas";

/**
 * Schemas by name. API Gateway makes models of them, whose names are alphanumeric; what else models do
 * not know, `gatewayDocument` leaves out.
 */
export const schemas: Record<string, OpenAPIV3.SchemaObject> = {
  UploadBody: toOpenApi(UploadBody, "An image as base64, and what is said of it"),
  UploadParts: toOpenApi(UploadParts, "A form with an image, and what is said of it"),
  DirectUploadBody: toOpenApi(DirectUploadBody, "An image that is going to be sent by a form"),
  UpdateBody: toOpenApi(UpdateBody, "What is to be changed of an image"),
  Health: {
    ...object({ status: choice("That the gateway answers", ["ok"]) }),
    description: "How the API is",
  },
  OpenApiDocument: {
    ...object({
      openapi: words("The version of OpenAPI", 16, "3.0.3"),
      info: anyObject("What the API is", { title: "Darkroom", version: "0.1.0" }),
      paths: anyObject("What may be asked, and what is answered", { "/health": {} }),
    }),
    additionalProperties: true,
    description: "An OpenAPI document",
  },
  ...imageSchemas,
  ...uploadSchemas,
  ...processingSchemas,
  Problem: problemSchema,
  ApiError: errorSchema(errorLimits),
};
