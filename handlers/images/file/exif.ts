import type { ByteReader } from "./bytes";

export const orientationTag = 0x0112;

/** Bytes of an entry of a directory: tag, type, count and value. */
export const entryBytes = 12;

const prefix = Buffer.from("Exif\0");

/**
 * The orientation that EXIF states, 1–8. Whatever else it has is not looked at; where it is broken,
 * it states none: images are shown without it.
 * https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E
 *
 * @param start where the EXIF begins: with a TIFF header, or with "Exif" before one.
 * @param end where it ends, and so does every offset in it.
 */
export async function readOrientation(
  file: ByteReader,
  start: number,
  end: number,
): Promise<number | undefined> {
  const limit = Math.min(end, file.size);
  // Not a byte beyond: what lies there is not of the EXIF.
  const read = async (position: number, length: number) =>
    length >= 0 && position + length <= limit
      ? (await file.from(position, length)).subarray(0, length)
      : undefined;

  const isPrefixed = (await read(start, prefix.length))?.equals(prefix) ?? false;
  const tiff = isPrefixed ? start + prefix.length + 1 : start;
  const header = (await read(tiff, 8)) ?? Buffer.alloc(8);
  const numbers = numbersOf(header);
  if (numbers?.short(header, 2) !== 42) {
    return undefined;
  }
  const directory = tiff + numbers.long(header, 4);
  const count = await read(directory, 2);
  const first = directory + 2;
  const length = Math.min(count ? numbers.short(count, 0) * entryBytes : 0, limit - first);
  const entries = await read(first, length - (length % entryBytes));
  return entries && orientationIn(entries, numbers);
}

/** The same of a TIFF header and what follows, in memory. */
export function orientationOf(tiff: Buffer): number | undefined {
  const numbers = tiff.length < 8 ? undefined : numbersOf(tiff);
  const first = (numbers?.long(tiff, 4) ?? 0) + 2;
  if (numbers?.short(tiff, 2) !== 42 || first > tiff.length) {
    return undefined;
  }
  const length = Math.min(numbers.short(tiff, first - 2) * entryBytes, tiff.length - first);
  return orientationIn(tiff.subarray(first, first + length - (length % entryBytes)), numbers);
}

interface Numbers {
  short: (bytes: Buffer, at: number) => number;
  long: (bytes: Buffer, at: number) => number;
}

/** How numbers are written: by its first two letters, a TIFF header says in which order of bytes. */
function numbersOf(header: Buffer): Numbers | undefined {
  switch (header.toString("latin1", 0, 2)) {
    case "II":
      return {
        short: (bytes, at) => bytes.readUInt16LE(at),
        long: (bytes, at) => bytes.readUInt32LE(at),
      };
    case "MM":
      return {
        short: (bytes, at) => bytes.readUInt16BE(at),
        long: (bytes, at) => bytes.readUInt32BE(at),
      };
    default:
      return undefined;
  }
}

/** Of the first entry for it; in a number of any length, though it should be a SHORT. */
function orientationIn(entries: Buffer, numbers: Numbers): number | undefined {
  for (let at = 0; at < entries.length; at += entryBytes) {
    const entry = entries.subarray(at, at + entryBytes);
    if (numbers.short(entry, 0) === orientationTag) {
      const value = valueOf(entry, numbers);
      return value !== undefined && value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}

function valueOf(entry: Buffer, { short, long }: Numbers): number | undefined {
  const [type, count, at] = [short(entry, 2), long(entry, 4), 8];
  if (count === 0) {
    return undefined;
  }
  // Of each length, one has a sign, which none of the orientations needs.
  switch (type) {
    case 1:
    case 6:
      return entry[at];
    case 3:
    case 8:
      return short(entry, at);
    case 4:
    case 9:
      return long(entry, at);
    default:
      return undefined;
  }
}
