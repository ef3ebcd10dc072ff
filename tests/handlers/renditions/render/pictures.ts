import { PNG } from "pngjs";
import sharp from "sharp";
import type { Operations } from "../../../../handlers/renditions/operations";
import { render, type Rendering } from "../../../../handlers/renditions/render/render";
import { insertIntoJpeg, jpegSegment } from "../../../support/image-files";

/** Red, green and blue, and opacity where it is not full. */
export type Rgb = readonly number[];

export const red: Rgb = [255, 0, 0];
export const green: Rgb = [0, 255, 0];
export const blue: Rgb = [0, 0, 255];
export const white: Rgb = [255, 255, 255];
export const black: Rgb = [0, 0, 0];

/** A picture as a decoder that is not under test sees it. */
export interface Decoded {
  width: number;
  height: number;
  /** Red, green, blue and opacity. */
  at: (x: number, y: number) => number[];
}

/** Decodes a PNG without the library that renders. */
export function decodePng(bytes: Buffer): Decoded {
  const { width, height, data } = PNG.sync.read(bytes);
  return { width, height, at: (x, y) => [...data.subarray((y * width + x) * 4).subarray(0, 4)] };
}

/** Encodes a picture as PNG without the library that renders. */
export function makePng(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Rgb,
): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r = 0, g = 0, b = 0, opacity = 255] = colourAt(x, y);
      png.data.set([r, g, b, opacity], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(png, { colorType: 6 });
}

/**
 * A picture of four quarters, of which no two ways to turn it look alike: red and green above, blue
 * and white below.
 */
export function quarters(width: number, height: number): Buffer {
  return makePng(width, height, (x, y) => {
    const [left, right] = y < height / 2 ? [red, green] : [blue, white];
    return x < width / 2 ? left : right;
  });
}

/** An animation with a frame of each colour. */
export async function animation(
  colours: readonly Rgb[],
  { width = 40, height = 20, delay = 100, loop = 2, format = "gif" } = {},
): Promise<Buffer> {
  const frames = colours.map((colour) => makePng(width, height, () => colour));
  const [first] = frames;
  return await (frames.length > 1 ? sharp(frames, { join: { animated: true } }) : sharp(first))
    .toFormat(format as "gif" | "webp", {
      delay: colours.map((_colour, index) => delay * (index + 1)),
      loop,
      lossless: true,
    })
    .toBuffer();
}

/** A GIF that states a screen of this size. */
export function withScreen(gif: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(gif);
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
}

/** A JPEG with an EXIF orientation that it had not. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const exif = Buffer.from(
    "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0",
    "latin1",
  );
  exif.writeUInt16BE(orientation, exif.length - 8);
  return insertIntoJpeg(jpeg, jpegSegment(0xe1, exif));
}

/** Renders as the handler does, with time enough. */
export async function rendered(
  original: Uint8Array,
  operations: Partial<Operations>,
  rest: Partial<Rendering> = {},
) {
  return await render({
    original,
    operations: { format: "png", ...operations },
    secondsLeft: () => 60,
    ...rest,
  });
}

/** A rendition as another decoder sees it. */
export async function renderedPng(
  original: Uint8Array,
  operations: Partial<Operations>,
  rest: Partial<Rendering> = {},
): Promise<Decoded> {
  return decodePng((await rendered(original, { ...operations, format: "png" }, rest)).bytes);
}

/** The name of a colour that is near, to say what is where. */
export function nameOf([r = 0, g = 0, b = 0]: Rgb): string {
  const bits = [r, g, b].map((value) => (value > 200 ? "1" : value < 55 ? "0" : "?")).join("");
  const names: Record<string, string> = {
    "100": "red",
    "010": "green",
    "001": "blue",
    "111": "white",
    "000": "black",
  };
  return names[bits] ?? "mixed";
}

/** What is in the middle of each quarter: above left, above right, below left, below right. */
export function quartersOf({ width, height, at }: Decoded): string {
  const xs = [Math.floor(width / 4), Math.floor((3 * width) / 4)];
  const ys = [Math.floor(height / 4), Math.floor((3 * height) / 4)];
  return ys.flatMap((y) => xs.map((x) => nameOf(at(x, y)))).join(" ");
}
