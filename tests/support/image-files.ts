import { crc32, deflateSync } from "node:zlib";

// Parts of image files, for those that no encoder here writes.

/** A segment of a JPEG with the marker FF `code`. */
export function jpegSegment(code: number, data: Buffer): Buffer {
  const header = Buffer.from([0xff, code, 0, 0]);
  header.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([header, data]);
}

/** A JPEG with something before its first segment. */
export function insertIntoJpeg(jpeg: Buffer, ...inserted: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...inserted, jpeg.subarray(2)]);
}

/** A chunk of a PNG with its checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/** Where the first chunk of this type begins in a PNG: with its length. */
export function pngChunkStart(png: Buffer, type: string): number {
  return png.indexOf(type, undefined, "latin1") - 4;
}

/** A PNG with something before its first chunk of this type. */
export function insertIntoPng(png: Buffer, before: string, ...inserted: Buffer[]): Buffer {
  const at = pngChunkStart(png, before);
  return Buffer.concat([png.subarray(0, at), ...inserted, png.subarray(at)]);
}

/** A PNG with a colour profile, and its pixels as they are. */
export function insertProfile(png: Buffer, icc: Buffer): Buffer {
  const chunk = pngChunk("iCCP", Buffer.concat([Buffer.from("icc\0\0"), deflateSync(icc)]));
  return insertIntoPng(png, "IDAT", chunk);
}

/** A chunk of a WebP, filled to an even length. */
export function webpChunk(type: string, data: Buffer): Buffer {
  const header = Buffer.from(`${type}\0\0\0\0`, "latin1");
  header.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP of these chunks. */
export function webpFile(...chunks: Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
  const header = Buffer.from("RIFF\0\0\0\0", "latin1");
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body]);
}

/** The header of a WebP that has more than pixels. */
export function webpHeader(width: number, height: number, flags = 0): Buffer {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpChunk("VP8X", data);
}

/** The chunk with the pixels of a WebP that has nothing else. */
export function webpPixels(webp: Buffer): Buffer {
  return webp.subarray(12);
}

/** An extension block of a GIF. */
export function gifExtension(label: number, data: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    blocks.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat([Buffer.from([0x21, label]), ...blocks, Buffer.from([0])]);
}

/** A GIF with something before its first block. */
export function insertIntoGif(gif: Buffer, ...inserted: Buffer[]): Buffer {
  const flags = gif[10] ?? 0;
  const at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  return Buffer.concat([gif.subarray(0, at), ...inserted, gif.subarray(at)]);
}

/** What may be told of EXIF that states an orientation. */
export interface ExifParts {
  orientation: number;
  bigEndian?: boolean;
  /** Where its directory is, counted from the TIFF header. */
  at?: number;
  /** 3 is SHORT. */
  type?: number;
  /** Values of the entry. */
  count?: number;
  /** Entries that the directory claims to have. */
  entries?: number;
  /** Where the next directory is said to be. */
  next?: number;
}

/** EXIF without its prefix: a TIFF header and a directory of one entry. */
export function exif(parts: ExifParts): Buffer {
  const { orientation, bigEndian = false, at = 8, type = 3, count = 1, entries = 1 } = parts;
  const bytes = Buffer.alloc(at + 18);
  const short = (value: number, to: number) =>
    bigEndian ? bytes.writeUInt16BE(value, to) : bytes.writeUInt16LE(value, to);
  const long = (value: number, to: number) =>
    bigEndian ? bytes.writeUInt32BE(value, to) : bytes.writeUInt32LE(value, to);
  bytes.write(bigEndian ? "MM" : "II", "latin1");
  short(42, 2);
  long(at, 4);
  short(entries, at);
  short(0x0112, at + 2);
  short(type, at + 4);
  long(count, at + 6);
  const byte = (value: number, to: number) => bytes.writeUInt8(value, to);
  const write = { 1: byte, 4: long, 6: byte, 9: long }[type] ?? short;
  write(orientation, at + 10);
  long(parts.next ?? 0, at + 14);
  return bytes;
}

/** The same as it lies in a JPEG, and in some files of other formats. */
export function prefixedExif(parts: ExifParts): Buffer {
  return Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif(parts)]);
}

/**
 * JPEGs of 16 × 8 pixels in codings that encoders here do not write: arithmetic ones of `cjpeg
 * -grayscale -arithmetic`, with `-progressive` and without, and of libjpeg-turbo 3 a lossless one and
 * one of 12 bits a sample; and one of 24 × 16 pixels with restarts, of `cjpeg -restart 1B`.
 */
export const rareJpegs = {
  restarting: fromBase64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1R",
    "V19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj",
    "Y2NjY2NjY2NjY2NjY2P/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQF/8QAFRABAQAAAAAAAAAA",
    "AAAAAAAAABP/xAAUAQEAAAAAAAAAAAAAAAAAAAAF/8QAFhEAAwAAAAAAAAAAAAAAAAAAABVh/90ABAAB/9oADAMBAAIRAxEA",
    "PwDAqVRVKlFEGWlP/9DAqIqhRRBlpT//2Q==",
  ),
  arithmetic: fromBase64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc",
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/yQALCAAIABABAREA/8wABgAQEAX/2gAIAQEAAD8A1qnEc3LzRq8IiLD/2Q==",
  ),
  progressiveArithmetic: fromBase64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc",
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/ygALCAAIABABAREA/8wABAAQ/9oACAEBAAAAAdj/zAAEEAX/2gAIAQEAAQUChwbH",
    "gP/MAAQQBf/aAAgBAQAGPwJcHP/MAAQQBf/aAAgBAQABPyEfa8gW/9oACAEBAAAAEOD/zAAEEAX/2gAIAQEAAT8QHreL",
    "SP/Z",
  ),
  lossless: fromBase64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/wwALCAAIABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAAAQUI/9oACAEBAAEAAM/q",
    "qqqq0FVVVVaCqqqqtBVVVVWgqqqqrQVVVVVoKqqqq0FVVVVf/9k=",
  ),
  twelveBits: fromBase64(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYG",
    "CAsICQoKCgoKBggLDAsKDAkKCgr/wQALDAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAACg3/xAAbEAAABwEAAAAA",
    "AAAAAAAAAAAACQ0pNEdS4//aAAgBAQAAPwCdvltpuNAYXzW3IIALbTcaAwvmtuQ//9k=",
  ),
};

function fromBase64(...lines: string[]): Buffer {
  return Buffer.from(lines.join(""), "base64");
}
