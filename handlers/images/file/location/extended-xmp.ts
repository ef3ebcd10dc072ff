import type { Patch } from "./patch";
import { blankXmpLocation } from "./xmp-location";

export const extensionPrefix = Buffer.from("http://ns.adobe.com/xmp/extension/\0");

/** Of a segment of extended XMP: prefix, digest of the whole, its length, position of the part in it. */
const digestBytes = 32;
const extensionBytes = extensionPrefix.length + digestBytes + 8;

/** A part of XMP that did not fit into one segment. */
export interface Extension {
  digest: string;
  offset: number;
  patch: Patch;
}

/** @param at where the data begin. */
export function extensionOf(at: number, data: Buffer): Extension {
  const digest = data.toString("latin1", extensionPrefix.length, extensionBytes - 8);
  const offset = data.length < extensionBytes ? -1 : data.readUInt32BE(extensionBytes - 4);
  const bytes = data.subarray(extensionBytes);
  return { digest, offset, patch: { at: at + extensionBytes, bytes } };
}

/** Of XMP in parts: a property may lie in two of them. */
export function extendedPatches(extensions: readonly Extension[]): Patch[] {
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
    if (whole.every((byte) => byte === 0x20)) {
      return [];
    }
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
