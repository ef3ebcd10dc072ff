import { cutOff } from "./unreadable";

/** The bytes of a file, of which only those that are asked for need be in memory. */
export interface ByteReader {
  /** Of the whole file, in bytes. */
  readonly size: number;

  /**
   * The bytes from a position on: at least as many as are asked for, unless the file ends before,
   * and as many more as are at hand.
   */
  from(position: number, atLeast: number): Promise<Buffer>;
}

/** A file that is in memory. */
export function bytesInMemory(file: Buffer): ByteReader {
  return { size: file.length, from: (position) => Promise.resolve(file.subarray(position)) };
}

/** Bytes that are fetched at once: at first, and when one read follows upon the other. */
const smallWindow = 256 * 1024;
const largeWindow = 4 * 1024 * 1024;

/** Bytes that are rather fetched than passed over: a request takes as long as some of these. */
const passableGap = 1024 * 1024;

/**
 * A file elsewhere, of which a window is in memory at a time: a few hundred kilobytes where a reader
 * passes over most of it, and a few megabytes where it reads on and on.
 *
 * @param fetch gets the bytes of a range, both ends included.
 * @param start the first bytes, if they are there already.
 */
export function bytesElsewhere(
  size: number,
  fetch: (first: number, last: number) => Promise<Buffer>,
  start: Buffer = Buffer.alloc(0),
): ByteReader {
  let window = start;
  let windowStart = 0;
  let windowBytes = smallWindow / 2;

  async function load(position: number, atLeast: number): Promise<void> {
    const gap = position - (windowStart + window.length);
    windowBytes =
      gap >= 0 && gap <= passableGap ? Math.min(windowBytes * 2, largeWindow) : smallWindow;
    const last = Math.min(position + Math.max(atLeast, windowBytes), size) - 1;
    window = await fetch(position, last);
    windowStart = position;
  }

  return {
    size,
    async from(position, atLeast) {
      if (position >= size) {
        return Buffer.alloc(0);
      }
      const end = Math.min(position + atLeast, size);
      if (position < windowStart || end > windowStart + window.length) {
        await load(position, atLeast);
      }
      return window.subarray(position - windowStart);
    },
  };
}

/**
 * Exactly so many bytes.
 *
 * @param where what they are of, for the error.
 * @throws ApiError 415 `UnreadableImage` when the file ends before.
 */
export async function take(
  file: ByteReader,
  position: number,
  length: number,
  where: string,
): Promise<Buffer> {
  const bytes = await file.from(position, length);
  if (bytes.length < length) {
    throw cutOff(file, where);
  }
  return bytes.subarray(0, length);
}

/** Bytes up to which a file is read through to its end. */
const readThroughBytes = 8 * 1024 * 1024;

/** Bytes in which the end of a larger file is looked for. */
const tailBytes = 64 * 1024;

/**
 * The last bytes of a file too large to be read through: if it ends as it should, nobody has cut it
 * off. Zeros after the end, with which cameras fill their blocks, are left out.
 *
 * @param position from where on they matter.
 * @returns none for a small file.
 */
export async function tail(file: ByteReader, position: number): Promise<Buffer> {
  if (file.size <= readThroughBytes) {
    return Buffer.alloc(0);
  }
  const bytes = await file.from(Math.max(position, file.size - tailBytes), tailBytes);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) {
    end--;
  }
  return bytes.subarray(0, end);
}
