import sharp, { type FailOnOptions, type Sharp } from "sharp";
import { rgbaToThumbHash } from "thumbhash";
import { turnOf } from "../../renditions/render/turn";
import type { ImageLook } from "../images-table";
import { decodeWith, type StoredFile } from "./decode";
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
    const { pages: frames = 1, hasAlpha } = await open(file, failOn).metadata();
    const small = await shrink(file, failOn);
    const transparent = hasAlpha && (await isTransparent(file, failOn));
    return { frames, transparent, ...(await describe(small)) };
  });
}

function open({ path, maxPixels }: StoredFile, failOn: FailOnOptions): Sharp {
  return sharp(path, { failOn, sequentialRead: true, limitInputPixels: maxPixels, pages: 1 });
}

/** An image as shown, of at most 100 × 100 pixels of four bytes. */
async function shrink(file: StoredFile, failOn: FailOnOptions): Promise<Sharp> {
  const { data, info } = await open(file, failOn)
    .resize(thumbSide, thumbSide, { fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  // Turned only now: before, all pixels would have to be in memory.
  const { mirrored, degrees } = turnOf(file.orientation);
  return sharp(data, { raw: { width, height, channels } }).flop(mirrored).rotate(degrees);
}

/** Whether any pixel of an image with opacity is not opaque. */
async function isTransparent(file: StoredFile, failOn: FailOnOptions): Promise<boolean> {
  const alpha = await open(file, failOn)
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
