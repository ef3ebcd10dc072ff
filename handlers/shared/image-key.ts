import { createHash } from "node:crypto";
import { imageExtension } from "./image-types";

/**
 * The key of an image's object.
 *
 * @throws ApiError 415 `UnsupportedImageType`.
 */
export function imageKey(userId: string, imageId: string, contentType: string): string {
  return `images/${userPrefix(userId)}/${imageId}.${imageExtension(contentType)}`;
}

/** Stands for the user in keys: a hash cannot leave its prefix, whatever characters an id has. */
function userPrefix(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 32);
}
