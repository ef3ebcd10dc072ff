import type { ByteReader } from "../bytes";
import { blankExifLocation } from "./exif-location";
import { blankResources, resourcesPrefix } from "./photoshop-location";
import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";

const app1 = Buffer.of(0xff, 0xe1);
const codes = { app1: 0xe1, app13: 0xed } as const;
const exifPrefix = Buffer.from("Exif\0");
const xmpPrefix = Buffer.from("http://ns.adobe.com/xap/1.0/\0");
const extensionPrefix = Buffer.from("http://ns.adobe.com/xmp/extension/\0");

/** What segments begin with that are looked at. */
const prefixes: readonly Buffer[] = [exifPrefix, xmpPrefix, extensionPrefix, resourcesPrefix];

/** Of a segment of extended XMP: prefix, digest of the whole, its length, position of the part in it. */
const digestBytes = 32;
const extensionBytes = extensionPrefix.length + digestBytes + 8;

/** A part of XMP that did not fit into one segment. */
interface Extension {
  digest: string;
  offset: number;
  patch: Patch;
}

/**
 * Of the segments APP1, and of Photoshop's in APP13, wherever they lie: in a thumbnail, and in further
 * images behind the first, too. In pixels there are none, since FF is followed by zero there.
 */
export async function jpegLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  const extensions: Extension[] = [];
  for await (const { at, bytes } of segments(file)) {
    if (begins(bytes, extensionPrefix)) {
      extensions.push(extensionOf(at, bytes));
    } else if (blankSegment(bytes)) {
      patches.push({ at, bytes });
    }
  }
  return [...patches, ...extendedPatches(extensions)];
}

/** Copies of the data of all segments of EXIF, XMP and Photoshop. */
async function* segments(file: ByteReader): AsyncGenerator<Patch> {
  let at = 0;
  while (at + 4 < file.size) {
    const window = await file.from(at, 4);
    const found = markerIn(window);
    if (found < 0) {
      at += Math.max(window.length - 1, 1);
      continue;
    }
    const start = at + found + 4;
    const header = await file.from(at + found, 4 + extensionPrefix.length);
    const length = header.length < 4 ? 0 : header.readUInt16BE(2) - 2;
    const data = header.subarray(4);
    const isKnown = prefixes.some((prefix) => begins(data, prefix));
    if (!isKnown || length <= 0) {
      at += found + 2;
      continue;
    }
    const bytes = Buffer.from((await file.from(start, length)).subarray(0, length));
    yield { at: start, bytes };
    at = start + bytes.length;
  }
}

/** Where the first marker of APP1 or APP13 is; -1 without one. */
function markerIn(bytes: Buffer): number {
  let at = bytes.indexOf(0xff);
  while (at >= 0 && bytes[at + 1] !== codes.app1 && bytes[at + 1] !== codes.app13) {
    at = bytes.indexOf(0xff, at + 1);
  }
  return at;
}

function begins(data: Buffer, prefix: Buffer): boolean {
  return data.subarray(0, prefix.length).equals(prefix);
}

/** Blanks the location in the data of a segment, and of segments within. */
function blankSegment(data: Buffer): boolean {
  if (begins(data, xmpPrefix)) {
    return blankXmpLocation(data.subarray(xmpPrefix.length));
  }
  let isBlanked = begins(data, resourcesPrefix)
    ? blankResources(data.subarray(resourcesPrefix.length))
    : blankExifLocation(data.subarray(exifPrefix.length + 1));
  for (let at = data.indexOf(app1); at >= 0; at = data.indexOf(app1, at + 2)) {
    const inner = data.subarray(
      at + 4,
      at + 2 + (at + 4 <= data.length ? data.readUInt16BE(at + 2) : 2),
    );
    if ([exifPrefix, xmpPrefix].some((prefix) => begins(inner, prefix))) {
      isBlanked = blankSegment(inner) || isBlanked;
    }
  }
  return isBlanked;
}

function extensionOf(at: number, data: Buffer): Extension {
  const digest = data.toString("latin1", extensionPrefix.length, extensionBytes - 8);
  const offset = data.length < extensionBytes ? -1 : data.readUInt32BE(extensionBytes - 4);
  const bytes = data.subarray(extensionBytes);
  return { digest, offset, patch: { at: at + extensionBytes, bytes } };
}

/** Of XMP in parts: a property may lie in two of them. */
function extendedPatches(extensions: readonly Extension[]): Patch[] {
  const digests = new Set(extensions.map(({ digest }) => digest));
  return [...digests].flatMap((digest) => {
    const parts = extensions
      .filter((part) => part.digest === digest)
      .toSorted((one, other) => one.offset - other.offset);
    let end = 0;
    const isWhole = parts.every(({ offset, patch }) => {
      const fits = offset === end;
      end += patch.bytes.length;
      return fits;
    });
    const whole = Buffer.concat(parts.map(({ patch }) => patch.bytes));
    if (!isWhole) {
      whole.fill(0x20);
    } else if (!blankXmpLocation(whole)) {
      return [];
    }
    let at = 0;
    return parts.map(({ patch }) => {
      const bytes = whole.subarray(at, at + patch.bytes.length);
      at += bytes.length;
      return { at: patch.at, bytes };
    });
  });
}
