import type { Sharp } from "sharp";
import { defaultQuality, type ImageFormat, maxFrames, type Operations } from "../operations";
import type { Original } from "./original";
import { pixelCount, type Size } from "./turn";

/** What a rendition is encoded as. */
export interface Encoding {
  readonly format: ImageFormat;
  /** All frames of an animation, rather than the first. */
  readonly animated: boolean;
}

/** Pixels that all frames of an original have together, at most, if it is to stay animated. */
const maxDecodedPixels = 50_000_000;

/** Milliseconds for which the library lets a frame be shown, at most; GIF itself has room for ten times as many. */
const maxDelay = 65_535;

/** What one format can be asked for. */
interface Encoder {
  /** Longest side that it can write, in pixels. */
  readonly maxSide: number;
  /** Pixels of a still, at most, that it writes in time. */
  readonly maxPixels: number;
  /** Pixels of all frames together; 0 where it writes no animation. */
  readonly maxAnimatedPixels: number;
  /** What is written instead of what it cannot write. */
  readonly instead: (hasAlpha: boolean) => ImageFormat;
  readonly encode: (image: Sharp, options: EncodeOptions) => Sharp;
}

interface EncodeOptions {
  quality: number;
  /** Of an animation. */
  frames?: { delay: number[]; loop: number };
}

// Milliseconds that one core took for a megapixel, of photographs and of noise, which is the worst:
//   AVIF  effort 1: 500 and 500, 3: 2,500 and 2,500, 4, the library's default: 8,000 and 31,000;
//         at effort 1 files are 7 % larger than at 4, and still 30 % smaller than WebP's
//   WebP  effort 4: 300 and 1,000
//   GIF   effort 1: 800 and 1,300, 7, the library's default: 14,000 and 15,000
//   PNG   200 and 400; JPEG 20 and 80
// What is larger than maxPixels would take more than some ten seconds.
const encoders: Readonly<Record<ImageFormat, Encoder>> = {
  avif: {
    maxSide: 16_383,
    maxPixels: 4_000_000,
    maxAnimatedPixels: 0,
    instead: () => "webp",
    encode: (image, { quality }) => image.avif({ quality, effort: 1 }),
  },
  webp: {
    maxSide: 16_383,
    maxPixels: 12_000_000,
    maxAnimatedPixels: 20_000_000,
    instead: opaqueOrNot,
    encode: (image, { quality, frames }) =>
      image.webp({ quality, effort: frames ? 2 : 4, ...frames }),
  },
  jpeg: {
    // The format has room for 35 more, which libjpeg refuses.
    maxSide: 65_500,
    maxPixels: Infinity,
    maxAnimatedPixels: 0,
    instead: () => "png",
    encode: (image, { quality }) => image.jpeg({ quality }),
  },
  png: {
    maxSide: Infinity,
    maxPixels: Infinity,
    maxAnimatedPixels: 0,
    instead: () => "png",
    encode: (image) => image.png(),
  },
  gif: {
    maxSide: 65_535,
    maxPixels: 6_000_000,
    maxAnimatedPixels: 6_000_000,
    instead: () => "png",
    // Colours that scaling mixes are not among those that a GIF had.
    encode: (image, { frames }) =>
      image.gif({ effort: 1, reuse: false, keepDuplicateFrames: true, ...frames }),
  },
};

/**
 * Chooses what a rendition is encoded as. What is asked for is given, unless it would take too long
 * or cannot be: then the next best that every viewer of it knows.
 *
 * @param size of the rendition.
 */
export function chooseEncoding(original: Original, operations: Operations, size: Size): Encoding {
  const hasAlpha = mayBeTransparent(original, operations);
  if (isAnimated(original, operations)) {
    const format = animatedFormat(operations);
    const pixels = original.pages * pixelCount(size);
    if (pixels <= encoders[format].maxAnimatedPixels && fits(format, size)) {
      return { format, animated: true };
    }
  }
  let format = stillFormat(operations, hasAlpha);
  while (!fits(format, size) || pixelCount(size) > encoders[format].maxPixels) {
    format = encoders[format].instead(hasAlpha);
  }
  return { format, animated: false };
}

/** Says how to encode, to the last byte. No metadata is written unless it is asked for. */
export function encode(
  image: Sharp,
  { format, animated }: Encoding,
  { delay, loop }: Original,
  quality = defaultQuality[format] ?? 100,
): Sharp {
  const delays = delay.map((milliseconds) => Math.min(milliseconds, maxDelay));
  const frames = animated ? { frames: { delay: delays, loop } } : {};
  return encoders[format].encode(image.toColourspace("srgb"), { quality, ...frames });
}

/** Longer animations, and those with more pixels than fit the memory, become their first frame. */
function isAnimated(original: Original, { frames = maxFrames }: Operations): boolean {
  const { pages } = original;
  return pages > 1 && pages <= frames && pages * pixelCount(original) <= maxDecodedPixels;
}

function mayBeTransparent({ hasAlpha }: Original, operations: Operations): boolean {
  const { flatten = false, fit, background = "" } = operations;
  return !flatten && (hasAlpha || (fit === "contain" && background.length > 6));
}

function animatedFormat({ format, accepts }: Operations): ImageFormat {
  if (format !== "auto") {
    return format;
  }
  return accepts === "avif" || accepts === "webp" ? "webp" : "gif";
}

function stillFormat({ format, accepts }: Operations, hasAlpha: boolean): ImageFormat {
  if (format !== "auto") {
    return format;
  }
  return accepts === "avif" || accepts === "webp" ? accepts : opaqueOrNot(hasAlpha);
}

function opaqueOrNot(hasAlpha: boolean): ImageFormat {
  return hasAlpha ? "png" : "jpeg";
}

function fits(format: ImageFormat, { width, height }: Size): boolean {
  return Math.max(width, height) <= encoders[format].maxSide;
}
