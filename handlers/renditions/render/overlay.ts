import type { OverlayOptions } from "sharp";
import type { Watermark } from "../operations";
import { imageOf, pixelsOf, type SecondsLeft } from "./decoding";
import { decodeOriginal, openOriginal } from "./original";
import { placed, pointOf } from "./plan";
import { type Size, turnOf, turnSize } from "./turn";

/** The image of a watermark. */
export interface Mark {
  /** As it is stored. */
  readonly bytes: Uint8Array;
  /** How it is to be shown, 1–8. `@default` what its decoder finds, which looks for it in fewer places */
  readonly orientation?: number | undefined;
}

/**
 * A watermark as it is laid over a rendition: as wide as is asked for, and never higher than the
 * rendition.
 *
 * @param size of the rendition.
 */
export async function makeOverlay(
  { bytes, orientation }: Mark,
  { position, opacity, scale }: Watermark,
  size: Size,
  secondsLeft: SecondsLeft,
): Promise<OverlayOptions> {
  const width = Math.max(1, Math.round(size.width * scale));
  const box = { width, height: size.height };
  const original = await openOriginal(bytes);
  const turn = turnOf(orientation ?? original.orientation);
  const scaled = decodeOriginal(original).resize({ ...turnSize(box, turn), fit: "inside" });
  const turned = imageOf(await pixelsOf(scaled, secondsLeft))
    .ensureAlpha()
    .flop(turn.mirrored)
    .rotate(turn.degrees);
  const { data, ...mark } = await pixelsOf(turned, secondsLeft);
  for (let alpha = 3; alpha < data.length; alpha += 4) {
    data[alpha] = Math.round((data[alpha] ?? 0) * opacity);
  }
  const input = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { input, raw: mark, ...placed(mark, size, pointOf(position)) };
}
