import { type ByteReader, tail, take } from "./bytes";
import { type CheckSize, type Format, hasSignature, type ImageHeader } from "./format";
import { colourTableBytes, dataEnd, descriptorBytes, introducers, screenBytes } from "./gif-blocks";
import { cutOff, unreadable } from "./unreadable";

const signatures = [Buffer.from("GIF87a"), Buffer.from("GIF89a")];

/** GIF, animated or not. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export const gif: Format = {
  begins: (start) => signatures.some((signature) => hasSignature(start, signature)),
  read: readGif,
};

async function readGif(file: ByteReader, checkSize: CheckSize): Promise<ImageHeader> {
  const screen = await take(file, 0, screenBytes, "within its header");
  const stated = { width: screen.readUInt16LE(6), height: screen.readUInt16LE(8) };
  if (stated.width > 0 && stated.height > 0) {
    checkSize(stated.width, stated.height);
  }
  const blocks = screenBytes + colourTableBytes(screen.readUInt8(10));
  const shown = await readBlocks(file, blocks, checkSize);
  // Decoders enlarge the screen for a frame that goes beyond it, so also one without a size.
  const width = Math.max(stated.width, shown.width);
  const height = Math.max(stated.height, shown.height);
  checkSize(width, height);
  return { width, height };
}

interface Size {
  width: number;
  height: number;
}

/**
 * Up to the end.
 *
 * @returns how far frames go; of a large file, the first alone is looked at.
 * @throws ApiError when the file ends before, or without a frame.
 */
async function readBlocks(file: ByteReader, start: number, checkSize: CheckSize): Promise<Size> {
  const shown = { width: 0, height: 0 };
  let hasFrame = false;
  let at = start;
  for (;;) {
    const [introducer] = await take(file, at, 1, "before its trailer");
    if (introducer === introducers.extension) {
      at = await skipData(file, at + 2);
    } else if (introducer === introducers.frame) {
      const frame = await readFrame(file, at + 1, checkSize);
      at = frame.end;
      shown.width = Math.max(shown.width, frame.right);
      shown.height = Math.max(shown.height, frame.bottom);
      if (!hasFrame && (await tail(file, at)).at(-1) === introducers.trailer) {
        return shown;
      }
      hasFrame = true;
    } else if (hasFrame || introducer === introducers.trailer) {
      // What else may come after a frame, decoders take for the end.
      break;
    } else {
      throw unreadable(`The image is damaged: there is no block at byte ${at}.`);
    }
  }
  if (!hasFrame) {
    throw unreadable("The image has no pixels: there is no frame in it.");
  }
  return shown;
}

interface Frame {
  /** Pixels of the screen from its left and its top to where the frame ends. */
  right: number;
  bottom: number;
  /** Position after it. */
  end: number;
}

async function readFrame(file: ByteReader, at: number, checkSize: CheckSize): Promise<Frame> {
  const descriptor = await take(file, at, descriptorBytes, "within a frame");
  const [left, top] = [descriptor.readUInt16LE(0), descriptor.readUInt16LE(2)];
  const [width, height] = [descriptor.readUInt16LE(4), descriptor.readUInt16LE(6)];
  checkSize(width, height);
  const [right, bottom] = [left + width, top + height];
  checkSize(right, bottom);
  const data = at + descriptorBytes + colourTableBytes(descriptor.readUInt8(8)) + 1;
  const end = await skipData(file, data);
  if (end === data + 1) {
    throw unreadable(`The image has a frame without pixels, at byte ${at - 1}.`);
  }
  return { right, bottom, end };
}

/** Passes over data in blocks. @returns where they end. */
async function skipData(file: ByteReader, start: number): Promise<number> {
  const end = await dataEnd(file, start);
  if (end === undefined) {
    throw cutOff(file, "within a frame or an extension");
  }
  return end;
}
