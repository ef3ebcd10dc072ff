import { fileTypeFromBuffer } from "file-type/core";
import { ApiError } from "../../http/errors";
import { unsupportedImageType, wayOutOf } from "../image-types";
import type { ByteReader } from "./bytes";
import type { CheckSize, Format, ImageHeader } from "./format";
import { gif } from "./gif";
import { jpeg } from "./jpeg";
import { png } from "./png";
import { unreadable } from "./unreadable";
import { webp } from "./webp";

/** The formats of `imageTypes`. */
const formats: Readonly<Record<string, Format>> = {
  "image/jpeg": jpeg,
  "image/png": png,
  "image/gif": gif,
  "image/webp": webp,
};

/** Bytes by which a file's type is told. */
const signatureBytes = 4096;

/** An image that is whole, and of a type that is accepted. */
export interface InspectedImage extends ImageHeader {
  contentType: string;
}

/**
 * Looks whether a file is an image, and all of it, without decoding any pixel. Of a large file it
 * reads what states sizes and orientation, and the end.
 *
 * @param statedType one of `imageTypes`; when left out, the bytes decide.
 * @param maxPixels most pixels that the image may have.
 * @throws ApiError 415 `ContentTypeMismatch`, `UnsupportedImageType`, `UnsupportedCoding` or
 * `UnreadableImage`, which an image is that is cut off, 413 `TooManyPixels`.
 */
export async function inspect(
  file: ByteReader,
  statedType: string | undefined,
  maxPixels: number,
): Promise<InspectedImage> {
  const start = (await file.from(0, signatureBytes)).subarray(0, signatureBytes);
  const [contentType, format] =
    Object.entries(formats).find(([, { begins }]) => begins(start)) ?? [];
  if (contentType === undefined || !format || contentType !== (statedType ?? contentType)) {
    throw otherType(contentType ?? (await nameType(start)), statedType);
  }
  return { contentType, ...(await format.read(file, sizeCheck(maxPixels))) };
}

/** What a file is that is no image of an accepted type. */
async function nameType(start: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(start);
  return found ? found.mime : "of no known type";
}

function otherType(found: string, stated: string | undefined): ApiError {
  return stated === undefined
    ? unsupportedImageType(`The image is ${found}`, found)
    : new ApiError(
        415,
        "ContentTypeMismatch",
        `The image is ${found}, and not ${stated}, as its content type says.${wayOutOf(found)}`,
      );
}

function sizeCheck(maxPixels: number): CheckSize {
  return (width, height) => {
    if (width === 0 || height === 0) {
      throw unreadable(`The image has no pixels: its size is ${width} × ${height}.`);
    }
    if (width * height > maxPixels) {
      throw new ApiError(
        413,
        "TooManyPixels",
        `The image has ${width} × ${height} pixels, which is more than ${maxPixels}.`,
        { limit: "pixels", maxPixels },
      );
    }
  };
}
