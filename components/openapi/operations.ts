import type { OpenAPIV3 } from "openapi-types";
import { ImageQuery, imageUrlQuery, ListQuery, UploadQuery } from "../../handlers/http/schemas";
import { anyType, imageTypes } from "../../handlers/images/image-types";
import {
  idempotencyKey,
  idParameter,
  ifMatch,
  ifNoneMatch,
  queryParameters,
  rangeParameters,
} from "./parameters";
import { renditionParameters } from "./rendition-parameters";
import {
  emptyResponse,
  imageResponse,
  jsonResponse,
  openResponses,
  repeatErrors,
  responses,
} from "./responses";
import type { Operation } from "./routes";
import { schemaRef } from "./schemas";

/** Name of the security scheme: the header `x-api-key`. */
export const apiKeyScheme = "apiKey";

const security = [{ [apiKeyScheme]: [] }];

/** What each operation takes and answers, where users are not known, and GET /me. */
export const operationObjects: Readonly<Record<Operation, OpenAPIV3.OperationObject>> = {
  "upload-image": {
    operationId: "uploadImage",
    tags: ["Images"],
    summary: "Stores an image: as base64 in JSON, as a part of a form, or as the body itself",
    security,
    parameters: [
      idempotencyKey,
      ...queryParameters(UploadQuery, "With an image as the body").map((parameter) => ({
        ...parameter,
        required: false,
      })),
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: schemaRef("UploadBody") },
        "multipart/form-data": {
          schema: schemaRef("UploadParts"),
          encoding: { image: { contentType: [...imageTypes, anyType].join(", ") } },
        },
        ...Object.fromEntries(
          [...imageTypes, anyType].map((type) => [
            type,
            { schema: { type: "string", format: "binary" } },
          ]),
        ),
      },
    },
    responses: responses(
      { 201: jsonResponse("The image was stored", "UploadedImage", "Idempotency-Replayed") },
      415,
      ...repeatErrors,
    ),
  },
  "create-upload": {
    operationId: "createUpload",
    tags: ["Uploads"],
    summary: "Presigns a form by which an image too large for POST /images goes straight to S3",
    security,
    parameters: [idempotencyKey],
    requestBody: jsonBody("DirectUploadBody"),
    responses: responses(
      { 201: jsonResponse("The form is ready", "CreatedUpload", "Idempotency-Replayed") },
      415,
      ...repeatErrors,
    ),
  },
  "get-upload": {
    operationId: "getUpload",
    tags: ["Uploads"],
    summary: "Tells whether what was sent by a form has become an image",
    security,
    parameters: [idParameter],
    responses: responses(
      { 200: jsonResponse("How the upload stands", "Upload", "Cache-Control") },
      404,
    ),
  },
  "list-images": {
    operationId: "listImages",
    tags: ["Images"],
    summary: "Lists images, newest first: all, or those of one user, with one tag, or both",
    security,
    parameters: queryParameters(ListQuery),
    responses: responses(
      { 200: jsonResponse("A page of the list", "ImageList", "Cache-Control") },
      404,
      409,
    ),
  },
  "get-image": {
    operationId: "getImage",
    tags: ["Images"],
    summary: "Gets an image's metadata and, if asked for, URLs to get the image by",
    security,
    parameters: [idParameter, ...queryParameters(ImageQuery), ifNoneMatch],
    responses: responses(
      {
        200: jsonResponse("The image", "FoundImage", "ETag", "Cache-Control"),
        304: emptyResponse("The client has it already", "ETag", "Cache-Control"),
      },
      404,
    ),
  },
  "get-image-url": {
    operationId: "getImageUrl",
    tags: ["Images"],
    summary: "Signs a URL by which anybody gets the image as the operations make it",
    description:
      "The operations are given one by one, in any order, or by the name of a preset. The same request " +
      "gets the same URL as long as urlWindowSeconds says, so that browsers and CloudFront can keep the " +
      "image. The URL of a public preset is not signed, and does not end.",
    security,
    parameters: [idParameter, ...renditionParameters(), ...queryParameters(imageUrlQuery())],
    responses: responses({ 200: jsonResponse("The URL", "RenditionUrl", "Cache-Control") }, 404),
  },
  "get-image-content": {
    operationId: "getImageContent",
    tags: ["Images"],
    summary: "Gets an image: by a redirect, or itself",
    description:
      "Answers with the image itself, as its own type, when the first media type of Accept is one of " +
      "images or application/octet-stream and the image is no larger than a function may return; " +
      "otherwise with a redirect to a presigned URL.",
    security,
    parameters: [idParameter, ifNoneMatch, ...rangeParameters],
    responses: responses(
      {
        200: imageResponse("The image", "ETag", "Cache-Control", "Accept-Ranges"),
        206: imageResponse("The bytes asked for", "ETag", "Cache-Control", "Content-Range"),
        302: emptyResponse("Where the image is", "Location", "ETag", "Cache-Control"),
        304: emptyResponse("The client has it already", "ETag", "Cache-Control"),
      },
      404,
      416,
    ),
  },
  "update-image": {
    operationId: "updateImage",
    tags: ["Images"],
    summary: "Changes an image's name, tags or focal point; what is left out stays",
    security,
    parameters: [idParameter, ifMatch],
    requestBody: jsonBody("UpdateBody"),
    responses: responses(
      { 200: jsonResponse("The image as it is now", "FoundImage", "ETag", "Cache-Control") },
      404,
      409,
      412,
      415,
      503,
    ),
  },
  "delete-image": {
    operationId: "deleteImage",
    tags: ["Images"],
    summary: "Removes an image for good, or an upload that is to become one",
    security,
    parameters: [idParameter],
    responses: responses({ 204: emptyResponse("There is no such image any more") }, 404),
  },
  "process-data": {
    operationId: "processData",
    tags: ["Processing"],
    summary: "Merges the posted fields over the record of that id and stores the result",
    security,
    parameters: [idempotencyKey],
    requestBody: jsonBody("ProcessBody"),
    responses: responses(
      {
        200: jsonResponse(
          "The result, and where it is stored",
          "ProcessedData",
          "Idempotency-Replayed",
        ),
      },
      415,
      ...repeatErrors,
    ),
  },
  "get-me": {
    operationId: "getMe",
    tags: ["Users"],
    summary: "Tells who the user is, how much the user has, and how much users may have",
    security,
    responses: responses({ 200: jsonResponse("The user", "Me", "Cache-Control") }),
  },
};

/** What GET /health answers; the gateway does so by itself. */
export const healthOperation: OpenAPIV3.OperationObject = {
  operationId: "getHealth",
  tags: ["Health"],
  summary: "Tells that the gateway answers; needs no API key",
  security: [],
  responses: openResponses({ 200: jsonResponse("The gateway answers", "Health") }),
};

/** The same by HEAD, which has no body in any answer, and knows no parts. */
export function headOf(get: OpenAPIV3.OperationObject): OpenAPIV3.OperationObject {
  const { operationId = "", parameters = [] } = get;
  const answers = Object.entries(get.responses as Record<string, OpenAPIV3.ResponseObject>)
    .filter(([status]) => !["206", "416"].includes(status))
    .map(([status, { description, headers }]) => [status, { description, headers }] as const);
  return {
    ...get,
    operationId: operationId.replace(/^(get|list)/, "head"),
    summary: "As GET, without the body",
    description: undefined,
    parameters: parameters.filter((parameter) => !rangeParameters.some((it) => it === parameter)),
    responses: Object.fromEntries(answers),
  };
}

function jsonBody(schema: string): OpenAPIV3.RequestBodyObject {
  return { required: true, content: { "application/json": { schema: schemaRef(schema) } } };
}
