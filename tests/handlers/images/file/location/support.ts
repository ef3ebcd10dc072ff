import assert from "node:assert/strict";
import { bytesInMemory } from "../../../../../handlers/images/file/bytes";
import { inspect } from "../../../../../handlers/images/file/inspect";
import { locationPatches } from "../../../../../handlers/images/file/location/location";
import { patchInPlace, patchStream } from "../../../../../handlers/images/file/location/patch";
import { jpegSegment } from "../../../../support/image-files";
import { elsewhere } from "../judge";

export const place = Buffer.from("SECRETPLACE");

/** EXIF with a maker in its first directory, and GPS data in a second one or in a thumbnail's. */
export function exif({ isLittle = true, inThumbnail = false, orientation = 6 } = {}): Buffer {
  const bytes = Buffer.alloc(200);
  const short = (value: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    if (type === 3) {
      short(value, at + 8);
    } else {
      long(value, at + 8);
    }
  };
  bytes.write(isLittle ? "II" : "MM", 0, "latin1");
  short(42, 2);
  long(8, 4);
  short(inThumbnail ? 2 : 3, 8);
  entry(10, 0x010f, 2, 8, 150);
  entry(22, 0x0112, 3, 1, orientation);
  if (!inThumbnail) {
    entry(34, 0x8825, 4, 1, 80);
  }
  long(inThumbnail ? 50 : 0, inThumbnail ? 34 : 46);
  short(1, 50);
  entry(52, 0x8825, 4, 1, 80);
  short(2, 80);
  entry(82, 0x0001, 2, 2, isLittle ? 0x4e : 0x4e00_0000);
  entry(94, 0x0012, 2, place.length, 170);
  bytes.write("Maker-1\0", 150, "latin1");
  place.copy(bytes, 170);
  return bytes;
}

export function app1(prefix: string, data: Buffer): Buffer {
  return jpegSegment(0xe1, Buffer.concat([Buffer.from(prefix, "latin1"), data]));
}

export async function strip(file: Buffer): Promise<Buffer> {
  const { contentType } = await inspect(bytesInMemory(file), undefined, 1_000_000);
  const patches = await locationPatches(bytesInMemory(file), contentType);
  assert.deepEqual(await locationPatches(elsewhere(file).file, contentType), patches);
  const result = Buffer.from(file);
  patchInPlace(result, patches);
  const pieceBytes = Math.max(7, Math.ceil(file.length / 5000));
  const pieces = Array.from({ length: Math.ceil(file.length / pieceBytes) }, (_, index) =>
    file.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  const streamed: Buffer[] = [];
  for await (const piece of patchStream(toStream(pieces), patches)) {
    streamed.push(piece);
  }
  assert.deepEqual(Buffer.concat(streamed), result);
  assert.equal(result.length, file.length);
  return result;
}

async function* toStream(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    yield await Promise.resolve(piece);
  }
}

export function assertNoPlace(file: Buffer): void {
  assert.doesNotMatch(file.toString("latin1"), /SECRETPLACE|48,51|2,17E/);
}

/** A resource of Photoshop. */
export function resource(id: number, data: Buffer, name = ""): Buffer {
  const header = Buffer.from(`8BIM\0\0${String.fromCharCode(name.length)}${name}`, "latin1");
  header.writeUInt16BE(id, 4);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const even = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
  return Buffer.concat([even(header), size, even(data)]);
}
