import type { OpenAPIV3 } from "openapi-types";
import { maxProblemLength, maxSentenceLength } from "../../handlers/http/errors";
import { type Members, object, schemaRef } from "./json-schema";
import { choice, integer, words } from "./values";

/** Of what clients name, any character. */
const anyText = "^[\\s\\S]*$";

const most = Number.MAX_SAFE_INTEGER;

/** What errors may say is limited. */
export const limitNames = ["image", "pixels", "request", "result", "quota", "throttle"];

/** What errors say of limits, where users are not known. */
export const errorLimits: Members = {
  limit: choice("Which limit a 413 or a 429 is about", limitNames, "request"),
  maxBytes: integer("The limit of a 413, in bytes", 1, most, 4_194_304),
  maxPixels: integer("The limit of a 413 about pixels", 1, most, 100_000_000),
  maxRequests: integer("The quota's requests in a day (UTC)", 1, most, 1000),
};

/** One of the problems that an error lists. */
export const problemSchema: OpenAPIV3.SchemaObject = {
  ...object({
    field: {
      type: "string",
      minLength: 0,
      maxLength: 200,
      pattern: anyText,
      description: "What is wrong, as the client names it, or body",
      example: "size",
    },
    problem: words(
      "Completes a sentence that begins with the field",
      maxProblemLength,
      "is required",
    ),
    pointer: {
      type: "string",
      minLength: 0,
      maxLength: 200,
      pattern: anyText,
      description: "JSON pointer to it (RFC 6901)",
      example: "/size",
    },
  }),
  description: "What is wrong with one field of a request",
};

/** What every error is, with what some errors say of limits. */
export function errorSchema(limits: Members): OpenAPIV3.SchemaObject {
  const members = {
    error: words("A sentence for people", maxSentenceLength, "There is no image with this id."),
    code: {
      ...words("For programs, such as InvalidRequest", 64, "ImageNotFound"),
      pattern: "^[A-Z][A-Za-z]+$",
    },
    requestId: words(
      "Under which the request is logged",
      128,
      "8b1f6d0e-2c4a-4f7b-9e3d-5a6c7d8e9f01",
    ),
  } as const;
  const details: OpenAPIV3.SchemaObject = {
    type: "array",
    items: schemaRef("Problem"),
    minItems: 1,
    maxItems: 20,
    description: "The problems of a request that breaks the contract",
  };
  return {
    ...object(members, { details, ...limits }),
    additionalProperties: true,
    description: "What every error is",
  };
}
