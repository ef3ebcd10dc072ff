import type { ByteReader } from "../bytes";
import { blankExif } from "./carriers";
import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";
import { zeroPatches } from "./zeros";

/** Bytes in front of a chunk's data: type and length. */
const chunkHeaderBytes = 8;

/** Bytes of the file's header, and of that of a frame, which chunks follow upon as well. */
const fileHeaderBytes = 12;
const frameHeaderBytes = 16;

/** Chunks that say nothing of a location: pixels, sizes, colours. */
const harmless: readonly string[] = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ICCP"];

/** What is to be done with a chunk's data, by its type; with others, nothing that is known. */
const blanks: Readonly<Record<string, (data: Buffer) => boolean>> = {
  EXIF: blankExif,
  "XMP ": blankXmpLocation,
};

/**
 * Of the chunks EXIF and XMP. Chunks of which nobody knows what they say are blanked, in frames, too, and
 * so is what lies behind the last. https://www.rfc-editor.org/rfc/rfc9649
 */
export async function webpLocation(file: ByteReader): Promise<Patch[]> {
  const stated = (await file.from(4, 4)).readUInt32LE(0);
  const end = Math.min(chunkHeaderBytes + stated, file.size);
  return await chunksLocation(file, fileHeaderBytes, end, file.size);
}

/** @param rest position up to which nothing has to be behind the chunks, which go up to `end`. */
async function chunksLocation(
  file: ByteReader,
  start: number,
  end: number,
  rest: number,
): Promise<Patch[]> {
  const patches: Patch[] = [];
  let at = start;
  while (at + chunkHeaderBytes <= end) {
    const header = await file.from(at, chunkHeaderBytes);
    const type = header.toString("latin1", 0, 4);
    const data = at + chunkHeaderBytes;
    const dataEnd = Math.min(data + header.readUInt32LE(4), end);
    patches.push(...(await chunkLocation(file, type, data, dataEnd)));
    // Chunks begin at even positions.
    at = dataEnd + (dataEnd % 2);
  }
  return [...patches, ...(await zeroPatches(file, Math.min(at, end), rest))];
}

async function chunkLocation(
  file: ByteReader,
  type: string,
  start: number,
  end: number,
): Promise<Patch[]> {
  if (type === "ANMF") {
    return await chunksLocation(file, start + frameHeaderBytes, end, end);
  }
  const blank = blanks[type];
  if (!blank) {
    return harmless.includes(type) ? [] : await zeroPatches(file, start, end);
  }
  const bytes = Buffer.from((await file.from(start, end - start)).subarray(0, end - start));
  return blank(bytes) ? [{ at: start, bytes }] : [];
}
