import { randomBytes } from "node:crypto";
import sharp from "sharp";

/** Formats that the API accepts, with their content types. */
export const imageFormats = {
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
} as const;

/** A really encoded image of 8 × 8 pixels. */
export async function makeImage(format: keyof typeof imageFormats): Promise<Buffer> {
  const background = { r: 200, g: 80, b: 40 };
  return await sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** A really encoded PNG of noise, of at least `bytes` bytes: noise does not compress. */
export async function makeLargePng(bytes: number): Promise<Buffer> {
  const width = 512;
  const height = Math.ceil(bytes / (width * 3));
  const raw = { width, height, channels: 3 } as const;
  return await sharp(randomBytes(width * height * 3), { raw })
    .png()
    .toBuffer();
}

/** A PNG that is whole to look at, with pixels that are none. */
export async function makeDamagedPng(): Promise<Buffer> {
  return (await makeLargePng(50_000)).fill(0x55, 1000, 2000);
}
