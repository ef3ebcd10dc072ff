import type { ByteReader } from "../bytes";
import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";

/** The application extension that has XMP, which is no data in blocks, but text up to the trailer. */
const start = Buffer.from("\x21\xff\x0bXMP DataXMP", "latin1");

/** Where its trailer begins, by which readers of blocks find their way out of the text. */
const trailer = Buffer.of(0x01, 0xff, 0xfe);

/** Of XMP, wherever it lies. */
export async function gifLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  let at = 0;
  while (at + start.length < file.size) {
    const window = await file.from(at, start.length);
    const found = window.indexOf(start);
    if (found < 0) {
      at += Math.max(window.length - start.length + 1, 1);
      continue;
    }
    at += found + start.length;
    const bytes = await packetAt(file, at);
    if (blankXmpLocation(bytes)) {
      patches.push({ at, bytes });
    }
    at += bytes.length;
  }
  return patches;
}

/** A copy of the text up to the trailer; without one, up to the end. */
async function packetAt(file: ByteReader, at: number): Promise<Buffer> {
  for (let length = 64 * 1024; ; length *= 2) {
    const bytes = await file.from(at, length);
    const end = bytes.indexOf(trailer);
    if (end >= 0 || at + length >= file.size) {
      return Buffer.from(end >= 0 ? bytes.subarray(0, end) : bytes);
    }
  }
}
