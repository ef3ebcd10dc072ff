import sharp from "sharp";
import { paint, scenes } from "../../../scripts/window/scenes";

/** A file as the browser takes it. */
export interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** One of the painted scenes as a JPEG of a few kilobytes. */
export async function photograph(index: number, name: string): Promise<ChosenFile> {
  const scene = scenes[index % scenes.length];
  if (!scene) {
    throw new Error("There are no scenes.");
  }
  const { width, height } = scene;
  const picture = await paint({ ...scene, width: width / 8, height: Math.round(height / 8) });
  return { name, mimeType: "image/jpeg", buffer: await picture.jpeg().toBuffer() };
}

/** A real picture of more than 4 MB: grain does not compress. */
export async function largePhotograph(name: string): Promise<ChosenFile> {
  const noise = { type: "gaussian", mean: 128, sigma: 60 } as const;
  const create = { width: 1400, height: 1100, channels: 3, background: "#808080", noise } as const;
  const buffer = await sharp({ create }).png({ compressionLevel: 1 }).toBuffer();
  return { name, mimeType: "image/png", buffer };
}
