import { fileTypeFromBuffer } from "file-type/core";
import { ApiError } from "./errors";

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
