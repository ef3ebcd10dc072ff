import { createHash } from "node:crypto";
import { imageExtension } from "./image-types";

/** The key of the object of an image of one of `imageTypes`. */
export function imageKey(userId: string, imageId: string, imageType: string): string {
  return `images/${userPrefix(userId)}/${imageId}.${imageExtension(imageType)}`;
}

/** Stands for the user in keys: a hash cannot leave its prefix, whatever characters an id has. */
function userPrefix(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 32);
}
