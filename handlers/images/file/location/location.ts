import type { ByteReader } from "../bytes";
import { gifLocation } from "./gif-location";
import { jpegLocation } from "./jpeg-location";
import type { Patch } from "./patch";
import { pngLocation } from "./png-location";
import { webpLocation } from "./webp-location";

const formats: Readonly<Record<string, (file: ByteReader) => Promise<Patch[]>>> = {
  "image/jpeg": jpegLocation,
  "image/png": pngLocation,
  "image/webp": webpLocation,
  "image/gif": gifLocation,
};

/**
 * What is to be written over an image's file, so that it does not say where it was taken, nor has
 * anything of which nobody knows whether it does; all else, and the length, stay. Nothing if that is so. Reads all of the file, a
 * piece at a time.
 *
 * @param file an image that `inspect` has taken.
 * @returns by position.
 */
export async function locationPatches(file: ByteReader, contentType: string): Promise<Patch[]> {
  const patches = (await formats[contentType]?.(file)) ?? [];
  return patches.toSorted((one, other) => one.at - other.at);
}
