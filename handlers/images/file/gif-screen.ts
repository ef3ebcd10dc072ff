import { type ByteReader, take } from "./bytes";
import { colourTableBytes, dataEnd, descriptorBytes, introducers, screenBytes } from "./gif-blocks";

/** Sizes of an image in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pages of a GIF with `withScreen` before its own first frame. */
export const screenPages = 1;

/** What a decoder says of a GIF. */
interface Decoded extends Size {
  readonly hasAlpha: boolean;
}

/**
 * Whether a decoder has taken a GIF for smaller than its screen, or would show the screen black where no frame is.
 * libnsgif takes screens of the sizes of some monitors, and those of more than 2,048 pixels a side, for mistakes,
 * and has what the frames cover alone; libvips takes for opaque what has no transparent colour. Browsers show
 * the screen, which is transparent.
 */
export async function lacksScreen(gif: ByteReader, decoded: Decoded): Promise<boolean> {
  const header = await take(gif, 0, screenBytes, "within its header");
  const screen = screenOf(header);
  if (screen.width > decoded.width || screen.height > decoded.height) {
    return true;
  }
  const blocks = screenBytes + colourTableBytes(header.readUInt8(10));
  return !decoded.hasAlpha && !(await isCovered(gif, blocks, decoded));
}

/** Whether the first frame covers all. */
async function isCovered(gif: ByteReader, blocks: number, size: Size): Promise<boolean> {
  let at = blocks;
  for (;;) {
    const [introducer] = await take(gif, at, 1, "before a frame");
    if (introducer !== introducers.extension) {
      break;
    }
    at = (await dataEnd(gif, at + 2)) ?? gif.size;
  }
  const frame = await take(gif, at + 1, descriptorBytes, "within a frame");
  const [left, top] = [frame.readUInt16LE(0), frame.readUInt16LE(2)];
  const [width, height] = [frame.readUInt16LE(4), frame.readUInt16LE(6)];
  return left + top === 0 && width >= size.width && height >= size.height;
}

/**
 * A GIF with a frame before all others that covers the screen, and shows nothing: no decoder takes it for smaller.
 *
 * @param decoded as the decoder says, which enlarges the screen for a first frame that goes beyond it.
 */
export function withScreen(gif: Uint8Array, decoded: Size): Buffer {
  const bytes = Buffer.from(gif.buffer, gif.byteOffset, gif.byteLength);
  const start = screenBytes + colourTableBytes(bytes.readUInt8(10));
  const screen = screenOf(gif);
  const frame = emptyFrame({
    width: Math.max(screen.width, decoded.width),
    height: Math.max(screen.height, decoded.height),
  });
  const parts = [bytes.subarray(0, start), frame, bytes.subarray(start)];
  return Buffer.concat(parts);
}

function screenOf(gif: Uint8Array): Size {
  const view = new DataView(gif.buffer, gif.byteOffset, gif.byteLength);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Of one colour, which is transparent. https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 20, 22, 23 */
function emptyFrame({ width, height }: Size): Buffer {
  const control = Buffer.of(0x21, 0xf9, 4, 0b101, 0, 0, 0, 0);
  const descriptor = Buffer.of(0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0x80);
  descriptor.writeUInt16LE(width, 5);
  descriptor.writeUInt16LE(height, 7);
  const colours = Buffer.alloc(6);
  const data = packed(codesOf(width * height));
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.of(block.length), block);
  }
  return Buffer.concat([
    control,
    descriptor,
    colours,
    Buffer.of(minCodeSize),
    ...blocks,
    Buffer.of(0),
  ]);
}

/** Of LZW: colours are codes of so many bits, and these two and the table follow upon them. */
const minCodeSize = 2;
const clear = 4;
const end = 5;
const firstFree = 6;

/** Codes that the table has at most, which have 12 bits then. */
const tableSize = 4096;

interface Code {
  code: number;
  bits: number;
}

/**
 * The codes of so many pixels of the first colour: each entry of the table is as many as the one before, and
 * one more, and may be used by the code that adds it. https://www.w3.org/Graphics/GIF/spec-gif89a.txt, appendix F
 */
function* codesOf(pixels: number): Generator<Code> {
  let left = pixels;
  let [next, bits] = [tableSize, minCodeSize + 1];
  for (let isFirst = true; left > 0; isFirst = next === tableSize) {
    if (isFirst) {
      yield { code: clear, bits };
      yield { code: 0, bits: minCodeSize + 1 };
      [next, bits] = [firstFree, minCodeSize + 1];
      left--;
    }
    if (left > 0) {
      const run = Math.min(left, runOf(next));
      yield { code: run === 1 ? 0 : run + firstFree - runOf(firstFree), bits };
      left -= run;
      next++;
      bits = Math.min(next === 2 ** bits ? bits + 1 : bits, Math.log2(tableSize));
    }
  }
  yield { code: end, bits };
}

/** How many pixels a code of the table is. */
function runOf(code: number): number {
  return code - firstFree + 2;
}

/** Codes one after the other, from the lowest bit of each byte on. */
function packed(codes: Iterable<Code>): Buffer {
  const bytes: number[] = [];
  let [held, heldBits] = [0, 0];
  for (const { code, bits } of codes) {
    held |= code << heldBits;
    for (heldBits += bits; heldBits >= 8; heldBits -= 8) {
      bytes.push(held & 0xff);
      held >>>= 8;
    }
  }
  return Buffer.from(heldBits > 0 ? [...bytes, held] : bytes);
}
