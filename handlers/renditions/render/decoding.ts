import sharp, { type Channels, type Sharp, type SharpOptions } from "sharp";
import { ApiError } from "../../http/errors";
import { unreadable } from "../../images/file/unreadable";

/** Seconds that are left to render in. */
export type SecondsLeft = () => number;

/**
 * How originals are decoded: one that is cut off or damaged is refused, while what merely is unusual,
 * as cameras write it, is not. So is one of more than 268 million pixels, the library's own limit,
 * which some formats would hold in memory.
 */
const decoding: SharpOptions = { failOn: "error" };

/** Prepares the library for functions, each of whose requests is about another image. */
export function prepareDecoder(): void {
  sharp.cache(false);
}

/** An original to be decoded, of an animation its first frame. */
export function decode(bytes: Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(bytes, { ...decoding, ...options });
}

/** Pixels in sRGB. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  /** Of all frames, which lie below each other. */
  readonly height: number;
  /** Bytes of a pixel: 4 with opacity, 3 without. */
  readonly channels: Channels;
}

/**
 * Pixels as an image.
 *
 * @param pageHeight of a frame, if they are those of an animation.
 */
export function imageOf({ data, ...raw }: Pixels, pageHeight?: number): Sharp {
  const frames = pageHeight === undefined ? {} : { pageHeight };
  return sharp(data, { raw: { ...raw, ...frames } });
}

/** Carries an image out as pixels. */
export async function pixelsOf(image: Sharp, secondsLeft: SecondsLeft): Promise<Pixels> {
  const { data, info } = await inTime(image, secondsLeft)
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/**
 * The image, whose carrying out is given up when the time is over. The AVIF encoder does not look at
 * it: what it gets has few pixels.
 *
 * @throws ApiError 413 `RenditionTooSlow` if it is over already.
 */
export function inTime(image: Sharp, secondsLeft: SecondsLeft): Sharp {
  const seconds = Math.floor(secondsLeft());
  if (seconds < 1) {
    throw tooSlow();
  }
  return image.timeout({ seconds });
}

/**
 * The answer to what libvips could not carry out: what it says of it is nothing for clients.
 *
 * @returns ApiError 413 `RenditionTooSlow` or `TooManyPixels`, 415 `UnreadableImage`.
 */
export function decodingError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  const { message } = error as Error;
  if (message.startsWith("timeout")) {
    return tooSlow();
  }
  return message.includes("exceeds pixel limit")
    ? new ApiError(413, "TooManyPixels", "The original has more pixels than can be rendered.", {
        limit: "pixels",
      })
    : unreadable("The original cannot be decoded: it is damaged, or no image.");
}

function tooSlow(): ApiError {
  return new ApiError(
    413,
    "RenditionTooSlow",
    "The rendition takes too long to make: ask for a smaller one, or one with fewer frames.",
    { limit: "time" },
  );
}
