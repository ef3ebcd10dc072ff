import sharp, { type Channels, type Sharp, type SharpOptions } from "sharp";
import { ApiError } from "../../http/errors";
import { isAboutImage, isWithoutWords } from "../../images/file/decoder-words";
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
 * The answer to what libvips could not carry out because of the image: what it says of it is nothing for clients.
 *
 * @returns ApiError 413 `RenditionTooSlow` or `TooManyPixels`, 415 `UnreadableImage`; an error that is about something
 * else, such as a lack of memory, as it is.
 */
export function decodingError(error: unknown): unknown {
  if (error instanceof ApiError || !(error instanceof Error)) {
    return error;
  }
  const { message } = error;
  if (message.startsWith("timeout")) {
    return tooSlow();
  }
  if (message.includes("exceeds pixel limit")) {
    const text = "The original has more pixels than can be rendered.";
    return new ApiError(413, "TooManyPixels", text, { limit: "pixels" });
  }
  return isAboutImage(message) || isWithoutWords(message)
    ? unreadable("The original cannot be decoded: it is damaged, or no image.")
    : error;
}

function tooSlow(): ApiError {
  return new ApiError(
    413,
    "RenditionTooSlow",
    "The rendition takes too long to make: ask for a smaller one, or one with fewer frames.",
    { limit: "time" },
  );
}
