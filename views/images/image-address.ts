import { hrefTo } from "../../local/page/ui/kit";
import type { ImageFilter } from "./images-api";

/** The address of all images that a filter leaves. */
export function galleryHref(filter: ImageFilter): string {
  return hrefTo("images", [], queryOf(filter));
}

/** The address of an image, from which one comes back to the images that it was among. */
export function imageHref(filter: ImageFilter, imageId: string): string {
  return hrefTo("images", [imageId], queryOf(filter));
}

function queryOf({ userId, tag }: ImageFilter) {
  return { user: userId, tag };
}
