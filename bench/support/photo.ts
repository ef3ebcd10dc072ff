import sharp from "sharp";

/** Noise by how many pixels it has across, and how strong it is: fine grain is weak in photographs. */
const layers: readonly (readonly [across: number, sigma: number])[] = [
  [8, 80],
  [40, 50],
  [200, 30],
  [1000, 16],
  [4000, 5],
];

/**
 * A JPEG of about the bytes that a photograph of its size has.
 *
 * @param width in pixels.
 * @param height in pixels.
 */
export async function makePhoto(width: number, height: number): Promise<Buffer> {
  const sum = new Float32Array(width * height * 3).fill(128);
  for (const [across, sigma] of layers) {
    const noise = { type: "gaussian", mean: 128, sigma } as const;
    const grid = { width: across, height: Math.round((across * height) / width) };
    const pixels = await sharp({ create: { ...grid, channels: 3, background: "gray", noise } })
      .png()
      .toBuffer();
    const layer = await sharp(pixels).resize({ width, height, fit: "fill" }).raw().toBuffer();
    layer.forEach((value, index) => {
      sum[index] = (sum[index] ?? 0) + value - 128;
    });
  }
  const raw = { width, height, channels: 3 } as const;
  return await sharp(Uint8ClampedArray.from(sum), { raw }).jpeg({ quality: 90 }).toBuffer();
}

/** A JPEG again, that says where it was taken. */
export async function located(jpeg: Buffer): Promise<Buffer> {
  const place = { GPSLatitudeRef: "N", GPSLatitude: "1/1 2/1 3/1" };
  return await sharp(jpeg).withExif({ IFD3: place }).jpeg({ quality: 90 }).toBuffer();
}

/** A JPEG of a few kilobytes. */
export async function smallImage(): Promise<Buffer> {
  return await noisyImage(64);
}

/**
 * A square JPEG of noise, which needs many bytes for its size.
 *
 * @param width in pixels.
 * @param quality of 1 to 100.
 */
export async function noisyImage(width: number, quality = 80): Promise<Buffer> {
  const noise = { type: "gaussian", mean: 128, sigma: 40 } as const;
  const create = { width, height: width, channels: 3, background: "gray", noise } as const;
  return await sharp({ create }).jpeg({ quality }).toBuffer();
}
