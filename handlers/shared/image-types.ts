import { ApiError } from "./errors";

/** File extensions of the images that are accepted, by content type. */
const extensions: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
]);

/** The content types of images that are accepted. */
export const imageTypes: readonly string[] = [...extensions.keys()];

/**
 * Other names by which programs call them. An animated PNG is a PNG: its registered type differs, the
 * format does not.
 */
const aliases: ReadonlyMap<string, string> = new Map([
  ["image/jpg", "image/jpeg"],
  ["image/pjpeg", "image/jpeg"],
  ["image/x-png", "image/png"],
  ["image/apng", "image/png"],
  ["image/vnd.mozilla.apng", "image/png"],
]);

/** All content types by which an image may be called. */
export const statedImageTypes: readonly string[] = [...imageTypes, ...aliases.keys()];

/** Content types of what may be anything. */
export const anyTypes: readonly string[] = ["application/octet-stream", "binary/octet-stream"];

/**
 * The one of `imageTypes` that a content type stands for.
 *
 * @param contentType in lower case, without parameters.
 * @throws ApiError 415 `UnsupportedImageType`.
 */
export function toImageType(contentType: string): string {
  const imageType = aliases.get(contentType) ?? contentType;
  if (!extensions.has(imageType)) {
    throw new ApiError(
      415,
      "UnsupportedImageType",
      `The image's content type is not supported; supported are ${imageTypes.join(", ")}.`,
      { supported: imageTypes },
    );
  }
  return imageType;
}

/** The file extension for images of one of `imageTypes`. */
export function imageExtension(imageType: string): string {
  const extension = extensions.get(imageType);
  if (extension === undefined) {
    throw new Error(`Images of type ${imageType} are not accepted.`);
  }
  return extension;
}
