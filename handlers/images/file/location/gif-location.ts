import type { ByteReader } from "../bytes";
import {
  colourTableBytes,
  dataEnd,
  descriptorBytes,
  introducers,
  screenBytes,
} from "../gif-blocks";
import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";
import { zeroPatches } from "./zeros";

const application = 0xff;

/** Bytes of an application's name in its extension. */
const nameBytes = 11;

/** Applications whose extensions say nothing of a location: how often frames are shown, colours. */
const harmless: readonly string[] = ["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"];

/** The application whose extension has XMP, which is no data in blocks, but text up to the trailer. */
const xmpName = "XMP DataXMP";

/** Where that begins, by which readers of blocks find their way out of the text. */
const xmpTrailer = Buffer.of(0x01, 0xff, 0xfe);

/**
 * Of XMP. Extensions of other applications are blanked, of which nobody knows what they say, and so is what
 * lies behind the last block.
 */
export async function gifLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  const screen = await file.from(0, screenBytes);
  let at = screenBytes + colourTableBytes(screen[10]);
  for (;;) {
    const header = await file.from(at, 2 + 1 + nameBytes);
    if (header[0] === introducers.extension) {
      if (header[1] === application) {
        patches.push(...(await applicationLocation(file, at + 2, header)));
      }
      at = await blocksEnd(file, at + 2);
    } else if (header[0] === introducers.frame) {
      at = await blocksEnd(file, at + 1 + descriptorBytes + colourTableBytes(header[9]) + 1);
    } else {
      // The trailer, or what decoders take for the end.
      return [...patches, ...(await zeroPatches(file, at + 1, file.size))];
    }
  }
}

/** @param start where its blocks begin, of which the first has the name. */
async function applicationLocation(
  file: ByteReader,
  start: number,
  header: Buffer,
): Promise<Patch[]> {
  const hasName = header[2] === nameBytes;
  const name = hasName ? header.toString("latin1", 3, 3 + nameBytes) : "";
  if (harmless.includes(name)) {
    return [];
  }
  const data = start + 1 + (header[2] ?? 0);
  const packet = name === xmpName ? await packetAt(file, data) : undefined;
  if (!packet) {
    return await blankBlocks(file, data);
  }
  return blankXmpLocation(packet) ? [{ at: data, bytes: packet }] : [];
}

/** A copy of the text up to its trailer, if that is within the extension. */
async function packetAt(file: ByteReader, start: number): Promise<Buffer | undefined> {
  const length = (await blocksEnd(file, start)) - start;
  const bytes = (await file.from(start, length)).subarray(0, length);
  const end = bytes.indexOf(xmpTrailer);
  return end < 0 ? undefined : Buffer.from(bytes.subarray(0, end));
}

/** Zeros over the data of blocks, whose lengths stay. */
async function blankBlocks(file: ByteReader, start: number): Promise<Patch[]> {
  const patches: Patch[] = [];
  for (let at = start; at < file.size;) {
    const length = (await file.from(at, 1))[0] ?? 0;
    if (length === 0) {
      break;
    }
    patches.push(...(await zeroPatches(file, at + 1, Math.min(at + 1 + length, file.size))));
    at += 1 + length;
  }
  return patches;
}

/** Where data in blocks end, or the file does. */
async function blocksEnd(file: ByteReader, start: number): Promise<number> {
  return (await dataEnd(file, start)) ?? file.size;
}
