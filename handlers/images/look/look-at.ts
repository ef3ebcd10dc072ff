import { readFile } from "node:fs/promises";
import sharp, { type FailOnOptions, type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { type Coloured, inItsSpace } from "../../renditions/render/colour-space";
import { turnOf } from "../../renditions/render/turn";
import { lacksScreen, screenPages, withScreen } from "../file/gif-screen";
import { isLosslessJpeg } from "../file/jpeg";
import type { ImageLook } from "../images-table";
import { decodeWith, reading, type StoredFile } from "./decode";
import { dominantColor } from "./dominant-color";
import { hashedSide, perceptualHash } from "./perceptual-hash";

/** Most pixels of each side that ThumbHash takes. */
const thumbSide = 100;

/**
 * Decodes an image, and tells how it looks. Of an animation, decodes the first frame. Pixels are
 * scaled down as they are decoded, so that none but the transparency of a large image is in memory.
 *
 * @param file an image that `inspect` has taken.
 * @throws ApiError 415 `UnreadableImage` when it cannot be decoded.
 */
export async function lookAt(file: StoredFile): Promise<ImageLook> {
  return await decodeWith(file, async (failOn) => {
    const source = await sourceOf(file, failOn);
    const { pages = 1, hasAlpha, space, format } = await source.open().metadata();
    const small = await shrink(file, source, {
      space,
      isLosslessJpeg: format === "jpeg" && (await reading(file, isLosslessJpeg)),
    });
    const transparent = hasAlpha && (await isTransparent(source));
    return { frames: pages - source.firstPage, transparent, ...(await describe(small)) };
  });
}

/** What is decoded. */
interface Source {
  /** Of an animation, its first frame. */
  open: () => Sharp;
  /** Pages that are none of its frames, before these. */
  firstPage: number;
}

/** The file itself; a GIF that decoders take for smaller than its screen, as it is shown. */
async function sourceOf(file: StoredFile, failOn: FailOnOptions): Promise<Source> {
  const open = (input: string | Buffer, page: number) =>
    sharp(input, {
      failOn,
      sequentialRead: true,
      limitInputPixels: file.maxPixels,
      pages: 1,
      page,
    });
  const stored = { open: () => open(file.path, 0), firstPage: 0 };
  if (file.contentType !== "image/gif") {
    return stored;
  }
  const decoded = await stored.open().metadata();
  if (!(await reading(file, (bytes) => lacksScreen(bytes, decoded)))) {
    return stored;
  }
  const whole = withScreen(await readFile(file.path), decoded);
  return { open: () => open(whole, screenPages), firstPage: screenPages };
}

/** An image as shown, of at most 100 × 100 pixels of four bytes. */
async function shrink(
  { orientation }: StoredFile,
  { open }: Source,
  colours: Coloured,
): Promise<Sharp> {
  const { data, info } = await inItsSpace(open(), colours)
    .resize(thumbSide, thumbSide, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  // Turned only now: before, all pixels would have to be in memory.
  const { mirrored, degrees } = turnOf(orientation);
  return sharp(data, { raw: { width, height, channels } })
    .ensureAlpha()
    .flop(mirrored)
    .rotate(degrees);
}

/** Whether any pixel of an image with opacity is not opaque. */
async function isTransparent({ open }: Source): Promise<boolean> {
  const alpha = await open()
    .extractChannel("alpha")
    .toColourspace("b-w")
    .raw({ depth: "uchar" })
    .toBuffer();
  return alpha.some((value) => value < 255);
}

async function describe(small: Sharp): Promise<Omit<ImageLook, "frames" | "transparent">> {
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: 4 } as const;
  const grey = await sharp(data, { raw })
    .flatten({ background: "#fff" })
    .greyscale()
    .resize(hashedSide, hashedSide, { fit: "fill" })
    .raw()
    .toBuffer();
  return {
    thumbHash: Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64"),
    dominantColor: dominantColor(data),
    perceptualHash: perceptualHash(grey),
  };
}
