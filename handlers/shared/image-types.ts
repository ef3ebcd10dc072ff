import { fileTypeFromBuffer } from "file-type/core";
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

/**
 * Checks that `image` begins as images of `contentType` do.
 *
 * @throws ApiError 415 `ContentTypeMismatch`.
 */
export async function checkSignature(image: Uint8Array, contentType: string): Promise<void> {
  const found = await fileTypeFromBuffer(image);
  // An animated PNG is a PNG: its registered type differs, the format does not.
  const foundType = found?.mime === "image/apng" ? "image/png" : found?.mime;
  if (foundType !== contentType) {
    throw new ApiError(
      415,
      "ContentTypeMismatch",
      `The image is not what its content type says, which is ${contentType}.`,
    );
  }
}
