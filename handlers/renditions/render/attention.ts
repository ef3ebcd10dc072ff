import { imageOf, pixelsOf, type SecondsLeft } from "./decoding";
import { decodeOriginal, type Encoded } from "./original";
import type { Plan } from "./plan";
import { crop } from "./steps/crop";
import { resize } from "./steps/resize";
import { turn } from "./steps/turn";
import { type Rectangle, type Size, turnSize } from "./turn";

/** Longest side of the picture that is looked at. libvips itself looks at 32 pixels by 32. */
const previewSide = 256;

/**
 * Finds the part of a picture that catches the eye, by libvips' attention: in a small preview, since
 * it would hold the whole picture in memory, and in the first frame of an animation, since a part
 * that moved would make it jump.
 *
 * @param size of the part, in the scaled and turned picture.
 */
export async function findAttention(
  original: Encoded,
  plan: Plan,
  size: Size,
  secondsLeft: SecondsLeft,
): Promise<Rectangle> {
  const whole = turnSize(plan.scaled, plan.turn);
  const factor = Math.min(1, previewSide / Math.max(whole.width, whole.height));
  const preview = { ...plan, scaled: shrink(plan.scaled, factor) };
  const context = { operations: { format: "png" }, plan: preview, isOpaque: false } as const;
  const image = [crop, resize, turn].reduce(
    (done, step) => step(done, context),
    decodeOriginal(original),
  );
  const pixels = await pixelsOf(image, secondsLeft);
  const part = shrink(size, factor);
  const { info } = await imageOf(pixels)
    .resize({ ...part, fit: "cover", position: "attention" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { cropOffsetLeft = 0, cropOffsetTop = 0 } = info;
  return {
    left: place(-cropOffsetLeft, pixels.width - part.width, whole.width - size.width),
    top: place(-cropOffsetTop, pixels.height - part.height, whole.height - size.height),
    ...size,
  };
}

function shrink({ width, height }: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

/** The offset that is to its room as the preview's is to the preview's. */
function place(offset: number, room: number, wholeRoom: number): number {
  return room <= 0 ? Math.round(wholeRoom / 2) : Math.round((offset / room) * wholeRoom);
}
