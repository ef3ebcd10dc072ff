import type { APIGatewayProxyEvent } from "aws-lambda";
import { validate as isUuid } from "uuid";
import { ApiError } from "../http/errors";
import type { Rejection } from "./images-table";

/**
 * The id in the path of a route of one image.
 *
 * @throws ApiError 404 `ImageNotFound` for what can be no id.
 */
export function readImageId(event: APIGatewayProxyEvent): string {
  return checkImageId(event.pathParameters?.id ?? "");
}

/**
 * The id of an image that a client has named.
 *
 * @throws ApiError 404 `ImageNotFound` for what can be no id.
 */
export function checkImageId(imageId: string): string {
  if (!isUuid(imageId)) {
    throw imageNotFound();
  }
  return imageId;
}

/** The answer to an id that no image has: 404 `ImageNotFound`. */
export function imageNotFound(): ApiError {
  return new ApiError(404, "ImageNotFound", "There is no image with this id.");
}

/** The answer to the id of what was taken for an image: 404 `ImageRejected`, with the `reason`. */
export function imageRejected(reason: Rejection): ApiError {
  return new ApiError(404, "ImageRejected", `The image was rejected. ${reason.message}`, {
    reason,
  });
}
