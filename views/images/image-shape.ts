import type { ImageMetadata } from "./images-api";

/** Pixels of an image as it is shown: after the orientation that EXIF tells, of which 5 to 8 lie on a side. */
export function shownSize({
  width,
  height,
  orientation = 1,
}: Pick<ImageMetadata, "width" | "height" | "orientation">): { width: number; height: number } {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}
