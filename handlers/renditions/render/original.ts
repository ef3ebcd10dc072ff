import type { Sharp, SharpOptions } from "sharp";
import { bytesInMemory } from "../../images/file/bytes";
import { lacksScreen, screenPages, withScreen } from "../../images/file/gif-screen";
import { inspect } from "../../images/file/inspect";
import { isLosslessJpeg } from "../../images/file/jpeg";
import { unreadable } from "../../images/file/unreadable";
import { type Coloured, inItsSpace } from "./colour-space";
import { decode, decodingError } from "./decoding";
import type { Raster } from "./plan";
import type { Size } from "./turn";

/** An original as its decoder knows it. */
export interface Original extends Raster, Coloured {
  readonly bytes: Uint8Array;
  /** Pages of the bytes that are none of its frames, before these. */
  readonly firstPage: number;
  /** Frames of an animation; 1 if it is none. */
  readonly pages: number;
  /** Milliseconds for which each is shown. */
  readonly delay: readonly number[];
  /** How often an animation is played; 0 is for ever. */
  readonly loop: number;
  /** Whether it has pixels that may be transparent. */
  readonly hasAlpha: boolean;
}

/** Formats that are stored, and no other of the many that libvips reads. */
const formats: readonly string[] = ["jpeg", "png", "gif", "webp"];

/**
 * Reads what an original states, without decoding any pixel.
 *
 * @throws ApiError 415 `UnreadableImage`.
 */
export async function openOriginal(bytes: Uint8Array): Promise<Original> {
  try {
    const { width, height, format, hasAlpha, ...stated } = await decode(bytes).metadata();
    const file = bytesInMemory(bufferOf(bytes));
    if (!formats.includes(format)) {
      throw unreadable(`The original is of a format that is not rendered: ${format}.`);
    }
    if (format === "gif" && (await lacksScreen(file, { width, height, hasAlpha }))) {
      return await onScreen(bytes, { width, height });
    }
    const { orientation, space, pages = 1, delay = [], loop = 0 } = stated;
    const read = { firstPage: 0, width, height, orientation, hasAlpha, space, pages, delay, loop };
    return format === "jpeg"
      ? {
          ...read,
          bytes: await withEnd(bytes),
          isLosslessJpeg: await isLosslessJpeg(file),
        }
      : { ...read, bytes, isLosslessJpeg: false };
  } catch (error) {
    throw decodingError(error);
  }
}

/** What decoding an original takes. */
export type Encoded = Coloured & Pick<Original, "bytes" | "firstPage">;

/** An original to be decoded, of an animation its first frame. */
export function decodeOriginal(original: Encoded, options: SharpOptions = {}): Sharp {
  const { bytes, firstPage } = original;
  return inItsSpace(decode(bytes, { page: firstPage, ...options }), original);
}

/** A GIF that is as large as its screen, as browsers show it. */
async function onScreen(gif: Uint8Array, decoded: Size): Promise<Original> {
  const bytes = withScreen(gif, decoded);
  const stated = await decode(bytes).metadata();
  const { width, height, space, pages = screenPages, delay = [], loop = 0 } = stated;
  const read = { bytes, firstPage: screenPages, width, height, hasAlpha: true, space };
  return {
    ...read,
    isLosslessJpeg: false,
    pages: pages - screenPages,
    delay: delay.slice(screenPages),
    loop,
  };
}

/** The marker by which a JPEG file ends. */
const endOfImage = Buffer.of(0xff, 0xd9);

/**
 * A JPEG file that has its end: one that has all pixels and lacks the end alone is an image, as when
 * it was stored, but the decoder takes it for one that is cut off.
 *
 * @throws ApiError 415 `UnreadableImage` when it is cut off.
 */
async function withEnd(bytes: Uint8Array): Promise<Uint8Array> {
  const file = bufferOf(bytes);
  if (file.subarray(-endOfImage.length).equals(endOfImage)) {
    return bytes;
  }
  await inspect(bytesInMemory(file), "image/jpeg", Number.MAX_SAFE_INTEGER);
  return Buffer.concat([file, endOfImage]);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
