import { thumbHashToDataURL } from "thumbhash";
import type { ImageMetadata } from "./images-api";

/** The picture that stands for an image until it is there, as a `data:` URL; none of what is not decoded yet. */
export function placeholderOf({ thumbHash }: Pick<ImageMetadata, "thumbHash">): string | undefined {
  return thumbHash === undefined
    ? undefined
    : thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (character) => character.charCodeAt(0)));
}
