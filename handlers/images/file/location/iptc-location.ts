import { blankUnknown } from "./zeros";

/** What each data set begins with. */
const tagMarker = 0x1c;

/** Its marker, record, number and length. */
const headerBytes = 5;

/** The record that describes an image. */
const application = 2;

/**
 * Its data sets that name places: of the content, by code and name, city, part of it, state, country
 * by code and name. https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata
 */
const places: readonly number[] = [26, 27, 90, 92, 95, 100, 101];

/**
 * Blanks the names of places in IPTC (IIM), and all of it from where it cannot be read.
 *
 * @returns whether there was anything; `iptc` is changed.
 */
export function blankIptcLocation(iptc: Buffer): boolean {
  let isBlanked = false;
  let at = 0;
  while (at < iptc.length) {
    const value = valueAt(iptc, at);
    if (!value) {
      return blankUnknown(iptc.subarray(at)) || isBlanked;
    }
    if (iptc[at + 1] === application && places.includes(iptc[at + 2] ?? 0)) {
      const bytes = iptc.subarray(value.start, value.end);
      isBlanked ||= bytes.some((byte) => byte !== 0x20);
      bytes.fill(0x20);
    }
    at = value.end;
  }
  return isBlanked;
}

function valueAt(iptc: Buffer, at: number): { start: number; end: number } | undefined {
  if (iptc[at] !== tagMarker || at + headerBytes > iptc.length) {
    return undefined;
  }
  let length = iptc.readUInt16BE(at + 3);
  let start = at + headerBytes;
  if (length & 0x8000) {
    // Then it is the number of bytes that the length takes.
    const lengthBytes = length & 0x7fff;
    if (lengthBytes < 1 || lengthBytes > 4 || start + lengthBytes > iptc.length) {
      return undefined;
    }
    length = iptc.readUIntBE(start, lengthBytes);
    start += lengthBytes;
  }
  return start + length > iptc.length ? undefined : { start, end: start + length };
}
