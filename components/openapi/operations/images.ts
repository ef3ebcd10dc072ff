import type { OpenAPIV3 } from "openapi-types";
import { imageUrlQuery } from "../../../handlers/http/image-url-query";
import { ImageQuery, ListQuery, UploadQuery } from "../../../handlers/http/schemas";
import { anyType, imageTypes } from "../../../handlers/images/image-types";
import {
  idempotencyKey,
  ifMatch,
  ifNoneMatch,
  ifOther,
  ifStill,
  idParameter,
  queryParameters,
  rangeParameters,
} from "../parameters";
import { renditionParameters } from "../rendition-parameters";
import { imageBody, jsonBody, jsonContent } from "../request-bodies";
import { emptyResponse, imageResponse, jsonResponse, repeatErrors, responses } from "../responses";
import type { Operation } from "../routes";
import { apiKeySecurity as security } from "./security";

const tags = ["Images"];

/** Operations on images. */
export const imageOperations = {
  "upload-image": {
    operationId: "uploadImage",
    tags,
    summary: "Stores an image: as base64 in JSON, as a part of a form, or as the body itself",
    description:
      "The image is stored when the answer arrives. How it looks is described a little later: what the " +
      "schema ImageMetadata has from thumbHash on. Larger images go by POST /uploads.",
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
      description: "The image, and what is said of it",
      content: {
        "application/json": jsonContent("UploadBody"),
        "multipart/form-data": {
          ...jsonContent("UploadParts"),
          encoding: { image: { contentType: [...imageTypes, anyType].join(", ") } },
        },
        ...imageBody([...imageTypes, anyType]),
      },
    },
    responses: responses(
      { 201: jsonResponse("The image was stored", "UploadedImage", "Idempotency-Replayed") },
      415,
      ...repeatErrors,
    ),
  },
  "list-images": {
    operationId: "listImages",
    tags,
    summary: "Lists images, newest first: all, or those of one user, with one tag, or both",
    description:
      "While hasMore is true, nextCursor is there: passed as cursor with the same userId and tag, it gets " +
      "the next page. With similarTo, images that look alike are listed instead, most similar first, in " +
      "one page.",
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
    tags,
    summary: "Gets an image's metadata and, if asked for, URLs to get the image by",
    description:
      "Without URLs, the answer has an ETag, by which a change is noticed (If-None-Match) and made (If-Match).",
    security,
    parameters: [idParameter, ...queryParameters(ImageQuery), ifStill, ifNoneMatch],
    responses: responses(
      {
        200: jsonResponse("The image", "FoundImage", "ETag", "Cache-Control"),
        304: emptyResponse("The client has it already", "ETag", "Cache-Control"),
      },
      404,
      412,
    ),
  },
  "get-image-url": {
    operationId: "getImageUrl",
    tags,
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
    tags,
    summary: "Gets an image: by a redirect, or itself",
    description:
      "Answers with the image itself, as its own type, when the first media type of Accept is one of " +
      "images or application/octet-stream and the image is no larger than a function may return; " +
      "otherwise with a redirect to a presigned URL.",
    security,
    parameters: [idParameter, ifStill, ifNoneMatch, ...rangeParameters],
    responses: responses(
      {
        200: imageResponse("The image", "ETag", "Cache-Control", "Accept-Ranges"),
        206: imageResponse("The bytes asked for", "ETag", "Cache-Control", "Content-Range"),
        302: emptyResponse("Where the image is", "Location", "ETag", "Cache-Control"),
        304: emptyResponse("The client has it already", "ETag", "Cache-Control"),
      },
      404,
      412,
      416,
    ),
  },
  "update-image": {
    operationId: "updateImage",
    tags,
    summary: "Changes an image's name, tags or focal point; what is left out stays",
    description:
      "Tags are replaced all together. A new focal point makes renditions that are cut by it anew, at the " +
      "edge, too. With If-Match nothing that another request has changed meanwhile is overwritten.",
    security,
    parameters: [idParameter, ifMatch, ifOther],
    requestBody: jsonBody("UpdateBody", "What is to change"),
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
    tags,
    summary: "Removes an image for good, or an upload that is to become one",
    description:
      "Removes every version of the image and all its renditions, at the edge, too. Repeated, it answers the same. " +
      "With If-Match nothing that another request has changed meanwhile is removed.",
    security,
    parameters: [idParameter, ifMatch, ifOther],
    responses: responses({ 204: emptyResponse("There is no such image any more") }, 404, 412),
  },
} satisfies Partial<Record<Operation, OpenAPIV3.OperationObject>>;
