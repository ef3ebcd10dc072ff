import type { OpenAPIV3 } from "openapi-types";
import { anyType, imageTypes } from "../../handlers/images/image-types";
import { errorExamples } from "./error-examples";
import { schemaRef } from "./json-schema";
import { exampleOf } from "./schema-examples";
import { type HeaderName, headers } from "./response-headers";

interface ErrorResponse {
  description: string;
  headers?: HeaderName[];
}

const errors: Record<number, ErrorResponse> = {
  400: { description: "The request breaks the contract" },
  403: { description: "The API key is missing or wrong" },
  404: { description: "There is nothing with this id" },
  409: {
    description:
      "Not now: a request with this Idempotency-Key is under way, others change the image or the record, or " +
      "the image is not described yet",
    headers: ["Retry-After"],
  },
  412: { description: "What is there is not what If-Match or If-None-Match asks for" },
  413: { description: "The request, or what it would produce, is too large: limit and maxBytes" },
  415: {
    description:
      "The media type of the request is not accepted, its body is compressed, or the image is cut off, " +
      "damaged, or none of an accepted type and coding",
  },
  416: { description: "The image has none of the bytes asked for", headers: ["Content-Range"] },
  422: { description: "The Idempotency-Key came with another request before" },
  429: {
    description: "Too many requests: over the key's quota of the day, or too fast for a throttle",
    headers: ["Retry-After"],
  },
  500: { description: "Something went wrong in the API" },
  502: { description: "The operation could not be run" },
  503: {
    description: "The image is changed, but its renditions are still to be: repeat the request",
    headers: ["Retry-After"],
  },
  504: { description: "The operation took too long, or what has become of it is not known" },
};

/** Errors that every route behind an API key may answer. */
const commonErrors = [400, 403, 413, 429, 500, 502, 504];

/** Errors that a request with an `Idempotency-Key` may get besides. */
export const repeatErrors = [409, 422];

/** Errors of the route that the gateway answers by itself, without an API key. */
const openErrors = [413, 415, 429, 500];

/** Responses by status: those that are no errors, and errors besides the common ones. */
export function responses(
  successes: Record<number, OpenAPIV3.ResponseObject>,
  ...furtherErrors: number[]
): OpenAPIV3.ResponsesObject {
  return withErrors(successes, [...commonErrors, ...furtherErrors]);
}

/** As `responses`, for the route without an API key and without a function. */
export function openResponses(
  successes: Record<number, OpenAPIV3.ResponseObject>,
): OpenAPIV3.ResponsesObject {
  return withErrors(successes, openErrors);
}

function withErrors(
  successes: Record<number, OpenAPIV3.ResponseObject>,
  statuses: readonly number[],
): OpenAPIV3.ResponsesObject {
  const failures = Object.entries(errors)
    .map(([status, error]) => [Number(status), error] as const)
    .filter(([status]) => statuses.includes(status))
    .map(
      ([status, { description, headers = [] }]) =>
        [status, errorResponse(status, description, ...headers)] as const,
    );
  return { ...successes, ...Object.fromEntries(failures) };
}

/** A response that holds an error. */
export function errorResponse(
  status: number,
  description: string,
  ...further: HeaderName[]
): OpenAPIV3.ResponseObject {
  return withContent(description, "ApiError", errorExamples[status], further);
}

/** A response that holds JSON of one of `schemas`. */
export function jsonResponse(
  description: string,
  schema: string,
  ...further: HeaderName[]
): OpenAPIV3.ResponseObject {
  return withContent(description, schema, exampleOf(schema), further);
}

function withContent(
  description: string,
  schema: string,
  example: unknown,
  further: readonly HeaderName[],
): OpenAPIV3.ResponseObject {
  const content = { "application/json": { schema: schemaRef(schema), example } };
  return { ...emptyResponse(description, ...further), content };
}

/**
 * A response that holds an image, which generated clients that know no type of images take for bytes.
 */
export function imageResponse(
  description: string,
  ...further: HeaderName[]
): OpenAPIV3.ResponseObject {
  const bytes = { schema: { type: "string", format: "binary" } } as const;
  const content = Object.fromEntries([...imageTypes, anyType].map((type) => [type, bytes]));
  return { ...emptyResponse(description, ...further), content };
}

/** A response without a body. */
export function emptyResponse(
  description: string,
  ...further: HeaderName[]
): OpenAPIV3.ResponseObject {
  const names: HeaderName[] = ["Access-Control-Allow-Origin", ...further];
  return { description, headers: Object.fromEntries(names.map((name) => [name, headers[name]])) };
}
