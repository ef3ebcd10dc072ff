import { userHash } from "../users/user-hash";
import { imageExtension } from "./image-types";

/** The key of the object of an image of one of `imageTypes`. */
export function imageKey(userId: string, imageId: string, imageType: string): string {
  return `${userPrefix(userId)}${imageId}.${imageExtension(imageType)}`;
}

/** What the keys of all images of one user, and of no other, begin with. */
export function userPrefix(userId: string): string {
  return `images/${userHash(userId)}/`;
}
