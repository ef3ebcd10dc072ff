import { imageSize } from "image-size";
import { ApiError } from "./errors";
import { essentialSegments } from "./jpeg-header";

/** Bytes at the beginning of a file within which the size of its image must be stated. */
export const headerBytes = 1024 * 1024;

/** Bytes within which all formats but JPEG state it; the most are the 40 of Apple's kind of PNG. */
const fixedHeaderBytes = 64;

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
  const { width, height, orientation } = measure(image);
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

function measure(image: Uint8Array) {
  // A copy, since the library may read past the end: there lies nothing of anyone else's.
  const start = Buffer.alloc(Math.min(image.length, headerBytes));
  start.set(image.subarray(0, start.length));
  const isJpeg = start[0] === 0xff && start[1] === 0xd8;
  let size;
  try {
    size = imageSize(isJpeg ? essentialSegments(start) : start.subarray(0, fixedHeaderBytes));
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
