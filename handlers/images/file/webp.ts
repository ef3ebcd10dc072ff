import { type ByteReader, take } from "./bytes";
import { readOrientation } from "./exif";
import { type CheckSize, type Format, hasSignature, type ImageHeader } from "./format";
import { cutOff, unreadable } from "./unreadable";

interface Size {
  width: number;
  height: number;
}

interface Chunk {
  type: string;
  /** Position of its data. */
  start: number;
  /** Position after its data. */
  end: number;
}

const riff = Buffer.from("RIFF");
const webpType = Buffer.from("WEBP");

/** Bytes of the file's header: RIFF, the length of what follows, WEBP. */
const fileHeaderBytes = 12;

/** Bytes in front of a chunk's data: type and length. */
const chunkHeaderBytes = 8;

/** Bytes of the extended format's header, and of that of an animation's frame. */
const extendedHeaderBytes = 10;
const frameHeaderBytes = 16;

/** WebP, lossy, lossless or animated. https://www.rfc-editor.org/rfc/rfc9649 */
export const webp: Format = {
  begins: (start) => hasSignature(start, riff) && hasSignature(start, webpType, 8),
  read: readWebp,
};

async function readWebp(file: ByteReader, checkSize: CheckSize): Promise<ImageHeader> {
  const header = await take(file, 0, fileHeaderBytes, "within its header");
  const end = chunkHeaderBytes + header.readUInt32LE(4);
  const first = await readChunk(file, fileHeaderBytes);
  const canvas =
    first.type === "VP8X" ? await readCanvas(file, first) : await codedSize(file, first);
  if (!canvas) {
    throw unreadable("The image's first chunk is not one that a WebP begins with.");
  }
  checkSize(canvas.width, canvas.height);
  if (end > file.size) {
    throw cutOff(file, `of the ${end} that its header states`);
  }
  const orientation = await readChunks(file, first, end, canvas);
  return { ...canvas, ...(orientation !== undefined && { orientation }) };
}

/** Up to the end. @returns the orientation. */
async function readChunks(
  file: ByteReader,
  first: Chunk,
  end: number,
  canvas: Size,
): Promise<number | undefined> {
  let orientation: number | undefined;
  let hasPixels = false;
  for await (const chunk of chunksFrom(file, first, end)) {
    if (chunk.type === "EXIF" && first.type === "VP8X") {
      orientation ??= await readOrientation(file, chunk.start, chunk.end);
    } else if (chunk.type === "ANMF") {
      await checkFrame(file, chunk, canvas);
      hasPixels = true;
    } else {
      hasPixels = (await hasPixelsOf(file, chunk, canvas)) || hasPixels;
    }
  }
  if (!hasPixels) {
    throw unreadable("The image has no pixels: there is no chunk VP8, VP8L or ANMF in it.");
  }
  return orientation;
}

/** @throws ApiError when a frame of an animation has no pixels, or lies beyond the canvas. */
async function checkFrame(file: ByteReader, frame: Chunk, canvas: Size): Promise<void> {
  const header = await take(file, frame.start, frameHeaderBytes, "within a frame");
  const size = { width: 1 + header.readUIntLE(6, 3), height: 1 + header.readUIntLE(9, 3) };
  const [right, bottom] = [
    2 * header.readUIntLE(0, 3) + size.width,
    2 * header.readUIntLE(3, 3) + size.height,
  ];
  if (right > canvas.width || bottom > canvas.height) {
    throw unreadable(`The image has a frame beyond its size, at byte ${frame.start}.`);
  }
  const first = await readChunk(file, frame.start + frameHeaderBytes);
  for await (const chunk of chunksFrom(file, first, frame.end)) {
    if (await hasPixelsOf(file, chunk, size)) {
      return;
    }
  }
  throw unreadable(`The image has a frame without pixels, at byte ${frame.start}.`);
}

/** Whether it codes pixels. @throws ApiError when it codes more of them, or fewer, than `size`. */
async function hasPixelsOf(file: ByteReader, chunk: Chunk, size: Size): Promise<boolean> {
  const coded = await codedSize(file, chunk);
  if (coded && (coded.width !== size.width || coded.height !== size.height)) {
    throw unreadable(
      `The image states two sizes: ${size.width} × ${size.height}, and ` +
        `${coded.width} × ${coded.height} at byte ${chunk.start}.`,
    );
  }
  return coded !== undefined;
}

/** A chunk and those behind it. @throws ApiError when one goes beyond `end`. */
async function* chunksFrom(file: ByteReader, first: Chunk, end: number): AsyncGenerator<Chunk> {
  let chunk = first;
  for (;;) {
    if (chunk.end > end) {
      throw unreadable(
        `The image is damaged or cut off: a chunk that begins at byte ${chunk.start} ends at ` +
          `byte ${chunk.end}, and what it is in, at byte ${end}.`,
      );
    }
    yield chunk;
    // Chunks begin at even positions.
    const next = chunk.end + (chunk.end % 2);
    if (next + chunkHeaderBytes > end) {
      return;
    }
    chunk = await readChunk(file, next);
  }
}

async function readChunk(file: ByteReader, at: number): Promise<Chunk> {
  const header = await take(file, at, chunkHeaderBytes, "within the header of a chunk");
  const start = at + chunkHeaderBytes;
  return { type: header.toString("latin1", 0, 4), start, end: start + header.readUInt32LE(4) };
}

async function readCanvas(file: ByteReader, { start }: Chunk): Promise<Size> {
  const header = await take(file, start, extendedHeaderBytes, "within its header");
  return { width: 1 + header.readUIntLE(4, 3), height: 1 + header.readUIntLE(7, 3) };
}

/** The size of the pixels in a chunk that has any. */
async function codedSize(file: ByteReader, { type, start, end }: Chunk): Promise<Size | undefined> {
  switch (type) {
    case "VP8 ": {
      const header = await take(file, start, 10, "within its header");
      return lossySize(header, end - start);
    }
    case "VP8L": {
      const header = await take(file, start, 5, "within its header");
      return losslessSize(header);
    }
    default:
      return undefined;
  }
}

/** https://www.rfc-editor.org/rfc/rfc6386#section-9.1 */
function lossySize(header: Buffer, length: number): Size {
  const tag = header.readUIntLE(0, 3);
  const isShownKeyFrame = (tag & 1) === 0 && ((tag >> 4) & 1) === 1;
  if (!isShownKeyFrame || tag >> 5 >= length || header.readUIntBE(3, 3) !== 0x9d_01_2a) {
    throw unreadable("The image is damaged: its pixels do not begin as those of a WebP.");
  }
  return { width: header.readUInt16LE(6) & 0x3fff, height: header.readUInt16LE(8) & 0x3fff };
}

function losslessSize(header: Buffer): Size {
  const bits = header.readUInt32LE(1);
  if (header[0] !== 0x2f || bits >>> 29 !== 0) {
    throw unreadable("The image is damaged: its pixels do not begin as those of a WebP.");
  }
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}
