import type { OverlayOptions } from "sharp";
import type { Watermark } from "../operations";
import { pixelsOf, type SecondsLeft } from "./decoding";
import { decodeOriginal, openOriginal } from "./original";
import { placed, pointOf } from "./plan";
import type { Size } from "./turn";

/**
 * A watermark as it is laid over a rendition: as wide as is asked for, and never higher than the
 * rendition.
 *
 * @param stored bytes of its image.
 * @param size of the rendition.
 */
export async function makeOverlay(
  stored: Uint8Array,
  { position, opacity, scale }: Watermark,
  size: Size,
  secondsLeft: SecondsLeft,
): Promise<OverlayOptions> {
  const width = Math.max(1, Math.round(size.width * scale));
  const box = { width, height: size.height };
  const image = decodeOriginal(await openOriginal(stored))
    .autoOrient()
    .resize({ ...box, fit: "inside" })
    .ensureAlpha();
  const { data, ...mark } = await pixelsOf(image, secondsLeft);
  for (let alpha = 3; alpha < data.length; alpha += 4) {
    data[alpha] = Math.round((data[alpha] ?? 0) * opacity);
  }
  const input = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { input, raw: mark, ...placed(mark, size, pointOf(position)) };
}
