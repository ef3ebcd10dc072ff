import type { Sharp } from "sharp";
import { isUnreadable } from "../../images/file/unreadable";
import type { Operations } from "../operations";
import { findAttention } from "./attention";
import { needsLight } from "./colour-space";
import { decodingError, imageOf, inTime, pixelsOf, type SecondsLeft } from "./decoding";
import { chooseEncoding, encode, type Encoding } from "./formats";
import { decodeOriginal, openOriginal, type Original } from "./original";
import { makeOverlay, type Mark } from "./overlay";
import { applySteps } from "./pipeline";
import { planRendition, type Point } from "./plan";
import { crop } from "./steps/crop";
import { resize } from "./steps/resize";
import type { StepContext } from "./steps/step";

/** What a rendition is made of. */
export interface Rendering {
  readonly original: Uint8Array;
  readonly operations: Operations;
  /**
   * How the original is to be shown, 1–8. @default what its decoder finds, which looks for it in fewer
   * places than the metadata of images do
   */
  readonly orientation?: number | undefined;
  /** What the image is about, in the picture as its orientation shows it. */
  readonly focalPoint?: Point | undefined;
  /** The image of the watermark, if there is one. */
  readonly watermark?: Mark | undefined;
  /** How long it may still take. */
  readonly secondsLeft: SecondsLeft;
}

/** A rendition. */
export interface Rendition {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Makes a rendition. It has sRGB colours, the orientation baked in, and no metadata. An animation whose
 * frames cannot all be decoded becomes its first one, by which it was taken for an image.
 *
 * @throws ApiError 400 `InvalidRequest` when the crop lies outside of the image, 413
 * `RenditionTooLarge`, `RenditionTooSlow` or `TooManyPixels`, 415 `UnreadableImage`; Error when it is no fault of the
 * image, as where memory is short.
 */
export async function render(rendering: Rendering): Promise<Rendition> {
  const original = await openOriginal(rendering.original);
  try {
    return await renderOriginal(original, rendering);
  } catch (error) {
    if (original.pages === 1 || !isUnreadable(error)) {
      throw error;
    }
    return await renderOriginal({ ...original, pages: 1 }, rendering);
  }
}

async function renderOriginal(original: Original, rendering: Rendering): Promise<Rendition> {
  const { operations, focalPoint, secondsLeft } = rendering;
  const { orientation = original.orientation } = rendering;
  const plan = planRendition({ ...original, orientation }, operations, focalPoint);
  const encoding = chooseEncoding(original, operations, plan.size);
  try {
    const cut =
      plan.cut && "where" in plan.cut
        ? await findAttention(original, plan, plan.size, secondsLeft)
        : plan.cut;
    const isOpaque = operations.flatten === true || encoding.format === "jpeg";
    const overlay =
      operations.watermark && rendering.watermark
        ? await makeOverlay(rendering.watermark, operations.watermark, plan.size, secondsLeft)
        : undefined;
    const context = { operations, plan, cut, isOpaque, overlay };
    const image = encoding.animated
      ? await renderFrames(original, context, secondsLeft)
      : await renderStill(original, context, secondsLeft);
    const encoded = encode(
      await withoutOrientation(image, original, encoding, secondsLeft),
      encoding,
      original,
      operations.quality,
    );
    const bytes = await inTime(encoded, secondsLeft).toBuffer();
    return { bytes, contentType: contentTypeOf(encoding), ...plan.size };
  } catch (error) {
    throw decodingError(error);
  }
}

async function renderStill(
  original: Original,
  context: StepContext,
  secondsLeft: SecondsLeft,
): Promise<Sharp> {
  const decoded = decodeOriginal(original);
  if (!needsLight(original)) {
    return applySteps(decoded, context);
  }
  const plan = { ...context.plan, crop: undefined };
  const scaled = resize(crop(decoded, context), context);
  return applySteps(imageOf(await pixelsOf(scaled, secondsLeft)), { ...context, plan });
}

/**
 * Renders each frame alone. libvips has them all in one image, below each other: what scales, blurs
 * or turns it takes in pixels of the next frame, or turns their order.
 */
async function renderFrames(
  original: Original,
  context: StepContext,
  secondsLeft: SecondsLeft,
): Promise<Sharp> {
  const { width, height, pages } = original;
  const decoded = decodeOriginal(original, { animated: true }).ensureAlpha();
  const { data: roll, channels } = await pixelsOf(decoded, secondsLeft);
  const frameBytes = roll.length / pages;
  const frames: Uint8Array[] = [];
  for (let page = 0; page < pages; page++) {
    const data = roll.subarray(page * frameBytes, (page + 1) * frameBytes);
    const image = applySteps(imageOf({ data, width, height, channels }), context);
    frames.push((await pixelsOf(image.ensureAlpha(), secondsLeft)).data);
  }
  const { size } = context.plan;
  const joined = { ...size, data: Buffer.concat(frames), height: size.height * pages, channels };
  return imageOf(joined, size.height);
}

/**
 * The image as pixels, which have no orientation any more. The AVIF encoder alone would write that of
 * the original, so that viewers turned the rendition once more.
 */
async function withoutOrientation(
  image: Sharp,
  { orientation = 1 }: Original,
  { format }: Encoding,
  secondsLeft: SecondsLeft,
): Promise<Sharp> {
  return format === "avif" && orientation > 1 ? imageOf(await pixelsOf(image, secondsLeft)) : image;
}

function contentTypeOf({ format }: Encoding): string {
  return `image/${format}`;
}
