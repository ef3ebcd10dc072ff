import { ApiError, maxFieldLength } from "../http/errors";

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

/** The content type of what may be anything. */
export const anyType = "application/octet-stream";

/** All names of it. */
export const anyTypes: readonly string[] = [anyType, "binary/octet-stream"];

/** The usual name of a content type, in lower case and without parameters. */
export function imageTypeOf(contentType: string): string {
  return aliases.get(contentType) ?? contentType;
}

/**
 * The one of `imageTypes` that a content type stands for.
 *
 * @throws ApiError 415 `UnsupportedImageType`.
 */
export function acceptedTypeOf(contentType: string): string {
  const imageType = imageTypeOf(contentType);
  if (!extensions.has(imageType)) {
    throw unsupportedImageType(
      `The image's content type ${JSON.stringify(imageType.slice(0, maxFieldLength))} is not supported`,
      imageType,
    );
  }
  return imageType;
}

/**
 * The answer to an image of a type that is not accepted: 415 `UnsupportedImageType`.
 *
 * @param sentence what it is, without a full stop.
 */
export function unsupportedImageType(sentence: string, imageType: string): ApiError {
  return new ApiError(
    415,
    "UnsupportedImageType",
    `${sentence}; supported are ${imageTypes.join(", ")}.${wayOutOf(imageType)}`,
    { supported: imageTypes },
  );
}

/**
 * What to do with images of a type that many have, but that is not accepted, after a space. HEIC is
 * coded in HEVC, whose decoders come under the LGPL or with patents to be licensed: functions ship none.
 */
export function wayOutOf(imageType: string): string {
  return /^image\/hei[cf]/.test(imageType)
    ? " Send photographs of telephones as JPEG: iOS converts them where a page accepts image/jpeg alone, " +
        "and stores them so under Settings, Camera, Formats, Most Compatible."
    : "";
}

/** The file extension for images of one of `imageTypes`. */
export function imageExtension(imageType: string): string {
  const extension = extensions.get(imageType);
  if (extension === undefined) {
    throw new Error(`Images of type ${imageType} are not accepted.`);
  }
  return extension;
}
