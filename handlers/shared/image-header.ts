import { imageSize } from "image-size";
import { ApiError } from "./errors";

/** Bytes at the beginning of a file within which the size of its image must be stated. */
export const headerBytes = 1024 * 1024;

/** What an image's header states. */
export interface ImageHeader {
  /** Pixels as stored, before `orientation` is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1–8, if a JPEG states one. */
  orientation?: number;
}

/**
 * Reads the header of an image, without decoding any pixel: a few bytes may claim to be gigabytes.
 *
 * @param image all of it, or at least its first `headerBytes`.
 * @throws ApiError 415 `UnreadableImage`, 413 `TooManyPixels`.
 */
export function readHeader(image: Uint8Array, maxPixels: number): ImageHeader {
  const { width, height, orientation } = measure(image.subarray(0, headerBytes));
  if (width * height > maxPixels) {
    throw new ApiError(
      413,
      "TooManyPixels",
      `The image has ${width} × ${height} pixels, which is more than ${maxPixels}.`,
      { maxPixels },
    );
  }
  return { width, height, ...(isOrientation(orientation) && { orientation }) };
}

function measure(start: Uint8Array) {
  // A copy, as the library may read past its end: there lies nothing of anyone else's.
  const own = Buffer.alloc(start.length);
  own.set(start);
  let size;
  try {
    size = imageSize(own);
  } catch {
    // Whatever the library stumbles over is in the file.
    throw unreadable();
  }
  if (!(size.width > 0 && size.height > 0)) {
    throw unreadable();
  }
  return size;
}

function isOrientation(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= 8;
}

function unreadable(): ApiError {
  return new ApiError(415, "UnreadableImage", "The image's header does not state its size.");
}
