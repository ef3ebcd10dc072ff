import { ApiError } from "../../http/errors";

const code = "UnreadableImage";

/** The answer to a file that is no image, or not a whole one: 415 `UnreadableImage`. */
export function unreadable(sentence: string): ApiError {
  return new ApiError(415, code, sentence);
}

/** Whether an error is that answer. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof ApiError && error.code === code;
}

/**
 * The answer to a file that ends too early.
 *
 * @param where what it ends in or before, such as `within its pixels`.
 */
export function cutOff({ size }: { size: number }, where: string): ApiError {
  return unreadable(`The image is cut off: it ends after ${size} bytes, ${where}.`);
}

/**
 * The answer to an image that is coded in a way that decoders do not know: 415 `UnsupportedCoding`.
 *
 * @param coding what it is, such as `a lossless JPEG (SOF3)`.
 * @param supported what would do.
 */
export function unsupportedCoding(coding: string, supported: string): ApiError {
  return new ApiError(
    415,
    "UnsupportedCoding",
    `The image is ${coding}, which is not supported; supported are ${supported}.`,
  );
}
