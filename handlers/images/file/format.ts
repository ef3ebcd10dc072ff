import type { ByteReader } from "./bytes";

/** What an image's file states. */
export interface ImageHeader {
  /** Pixels as stored, before `orientation` is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1–8, if the file states one. */
  orientation?: number;
}

/**
 * Is told of each size that a file states before anything is concluded from it.
 *
 * @throws ApiError when there are no pixels, or too many.
 */
export type CheckSize = (width: number, height: number) => void;

/** A format of images. */
export interface Format {
  /** Whether a file of this format may begin so: with its signature, or with all that is left of it. */
  begins: (start: Buffer) => boolean;
  /**
   * Reads what the file states, and sees whether it is whole, without decoding any pixel: a few bytes
   * may claim to be gigabytes. What follows upon the end of the image is of no interest.
   *
   * @throws ApiError 415 when a decoder could not make an image of it.
   */
  read: (file: ByteReader, checkSize: CheckSize) => Promise<ImageHeader>;
}

/**
 * Whether a file has `signature`, as far as the file goes.
 *
 * @param start its first bytes, at least one.
 * @param at where the signature is.
 */
export function hasSignature(start: Buffer, signature: Buffer, at = 0): boolean {
  const found = start.subarray(at, at + signature.length);
  return found.equals(signature.subarray(0, found.length));
}
