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
 * The file extension for images of `contentType`.
 *
 * @throws ApiError 415 `UnsupportedImageType`.
 */
export function imageExtension(contentType: string): string {
  const extension = extensions.get(contentType);
  if (!extension) {
    throw new ApiError(
      415,
      "UnsupportedImageType",
      `The image's content type is not supported; supported are ${imageTypes.join(", ")}.`,
      { supported: imageTypes },
    );
  }
  return extension;
}
