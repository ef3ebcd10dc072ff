import { crc32 } from "node:zlib";
import { type ByteReader, tail, take } from "./bytes";
import { readOrientation } from "./exif";
import { type CheckSize, type Format, hasSignature, type ImageHeader } from "./format";
import { cutOff, unreadable, unsupportedCoding } from "./unreadable";

const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** The last chunk, whole: no data, and the checksum of its type. */
const lastChunk = Buffer.from("\0\0\0\0IEND\xae\x42\x60\x82", "latin1");

/** Bytes around a chunk's data: its length and type in front, its checksum behind. */
const chunkHeaderBytes = 8;
const checksumBytes = 4;

/** Bits per sample by colour type. https://www.w3.org/TR/png-3/#table111 */
const bitDepths: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

interface Chunk {
  type: string;
  /** Position of its data. */
  start: number;
  /** Position after its data. */
  end: number;
}

/** PNG, animated or not. https://www.w3.org/TR/png-3/ */
export const png: Format = {
  begins: (start) => hasSignature(start, signature),
  read: readPng,
};

async function readPng(file: ByteReader, checkSize: CheckSize): Promise<ImageHeader> {
  const first = await readChunk(file, signature.length);
  if (first.type === "CgBI") {
    throw unsupportedCoding("Apple's own kind of PNG (CgBI)", "PNG as standardised");
  }
  const header = await take(file, first.start, 13, "within its header");
  if (first.type !== "IHDR" || first.end - first.start !== header.length) {
    throw unreadable("The image's first chunk is not the header of a PNG.");
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  checkSize(width, height);
  checkHeader(header);
  await checkSum(file, first);
  const orientation = await readChunks(file, first);
  return { width, height, ...(orientation !== undefined && { orientation }) };
}

function checkHeader(header: Buffer): void {
  const [bitDepth = 0, colourType = 0, compression, filter, interlace = 0] = header.subarray(8);
  const isKnown = bitDepths.get(colourType)?.includes(bitDepth);
  if (!isKnown || compression !== 0 || filter !== 0 || interlace > 1) {
    throw unreadable("The image's header states a coding that PNG does not have.");
  }
}

/** Up to the end. @returns the orientation. */
async function readChunks(file: ByteReader, header: Chunk): Promise<number | undefined> {
  let orientation: number | undefined;
  let hasPixels = false;
  let chunk = header;
  while (chunk.type !== "IEND") {
    chunk = await readChunk(file, chunk.end + checksumBytes);
    if (chunk.type === "eXIf") {
      orientation ??= await readOrientation(file, chunk.start, chunk.end);
    } else if (chunk.type === "PLTE") {
      await checkSum(file, chunk);
    } else if (chunk.type === "IDAT" && chunk.end > chunk.start && !hasPixels) {
      hasPixels = true;
      const rest = await tail(file, chunk.end);
      if (rest.subarray(-lastChunk.length).equals(lastChunk)) {
        return orientation ?? (await orientationBehind(file, rest));
      }
    }
  }
  if (!hasPixels) {
    throw unreadable("The image has no pixels: there is no chunk IDAT in it.");
  }
  return orientation;
}

/** @throws ApiError when the file ends within it. */
async function readChunk(file: ByteReader, at: number): Promise<Chunk> {
  const where = at === signature.length ? "before its header" : "before its last chunk, IEND";
  const header = await take(file, at, chunkHeaderBytes, where);
  const length = header.readUInt32BE(0);
  const type = header.toString("latin1", 4);
  if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7f_ff_ff_ff) {
    throw unreadable(`The image is damaged: there is no chunk at byte ${at}, where one should be.`);
  }
  const start = at + chunkHeaderBytes;
  if (start + length + checksumBytes > file.size) {
    throw cutOff(file, `within a chunk ${type} of ${length} bytes`);
  }
  return { type, start, end: start + length };
}

/** Most bytes of a chunk without which pixels cannot be decoded: a palette has 256 colours. */
const maxPaletteBytes = 3 * 256;

/** @throws ApiError when the checksum of a chunk that decoders rely upon is wrong. */
async function checkSum(file: ByteReader, { type, start, end }: Chunk): Promise<void> {
  if (end - start > maxPaletteBytes) {
    return;
  }
  const bytes = await take(file, start - 4, end + checksumBytes - (start - 4), "within a chunk");
  if (
    crc32(bytes.subarray(0, -checksumBytes)) !== bytes.readUInt32BE(bytes.length - checksumBytes)
  ) {
    throw unreadable(
      `The image is damaged: the checksum of its chunk ${type}, at byte ${start - 8}, is wrong.`,
    );
  }
}

/** The orientation that a chunk after the pixels states. */
async function orientationBehind(file: ByteReader, rest: Buffer): Promise<number | undefined> {
  const at = rest.lastIndexOf("eXIf", undefined, "latin1");
  const start = file.size - rest.length + at + 4;
  return at < 0 ? undefined : await readOrientation(file, start, file.size);
}
