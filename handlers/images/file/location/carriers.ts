import { blankTiffLocation } from "./exif-location";
import { blankIptcLocation } from "./iptc-location";
import { blankHeld, isResources } from "./photoshop-location";
import { blankXmpLocation } from "./xmp-location";
import { blankUnknown } from "./zeros";

// What may say where an image was taken, whatever file it lies in. Each function blanks that in place,
// and tells whether there was anything.

const exifPrefix = /exif\0./is;
const tiffHeader = /II\*\0|MM\0\*/;
const xmpPrefix = Buffer.from("http://ns.adobe.com/xap/1.0/\0");
const resourcesPrefix = Buffer.from("Photoshop 3.0\0");

/** Bytes within which readers look for the prefix of EXIF: some programs write others before it. */
const prefixWithin = 64;

/** Of the segments APP1 and APP13 of a JPEG, such as that of the thumbnail in EXIF. */
const codes: readonly number[] = [0xe1, 0xed];

/** Most segments in other data: a thumbnail has a few. */
const maxEmbedded = 64;

type Blank = (data: Buffer) => boolean;

/** Resources in EXIF in resources nobody writes. */
const blankExifInResources: Blank = (data) => blankTiff(data, new Map([[0x8649, blankUnknown]]));

/** What the resources of Photoshop may hold, by id. */
const inResources: ReadonlyMap<number, Blank> = new Map([
  [0x0404, blankIptcLocation],
  [0x0422, blankExifInResources],
  [0x0423, blankExifInResources],
  [0x0424, blankXmpLocation],
]);

/** What EXIF may hold of others, by tag. */
const inExif: ReadonlyMap<number, Blank> = new Map([
  [0x02bc, blankXmpLocation],
  [0x83bb, blankIptcLocation],
  [0x8649, (data) => blankHeld(data, inResources)],
]);

/** Of EXIF: a TIFF header and what follows, after a prefix or without one. */
export function blankExif(data: Buffer): boolean {
  const isFound = blankTiff(data, inExif);
  return blankSegmentsIn(data) || isFound;
}

/** Of the data of a segment of a JPEG; `undefined` if it is neither EXIF nor XMP nor of Photoshop. */
export function blankSegment(data: Buffer): boolean | undefined {
  const isFound = blankFlat(data);
  return isFound === undefined ? undefined : blankSegmentsIn(data) || isFound;
}

/** Of EXIF, resources of Photoshop, IPTC or XMP, whichever the data begin as. */
export function blankProfile(data: Buffer): boolean {
  const isFound = blankSegment(data);
  if (isFound !== undefined) {
    return isFound;
  }
  if (isResources(data)) {
    return blankHeld(data, inResources);
  }
  if (data[0] === 0x1c) {
    return blankIptcLocation(data);
  }
  return tiffHeader.test(data.toString("latin1", 0, 4)) ? blankExif(data) : blankXmpLocation(data);
}

/** Without what lies in segments within. */
function blankFlat(data: Buffer): boolean | undefined {
  if (begins(data, xmpPrefix)) {
    return blankXmpLocation(data.subarray(xmpPrefix.length));
  }
  if (begins(data, resourcesPrefix)) {
    return blankHeld(data.subarray(resourcesPrefix.length), inResources);
  }
  return exifPrefix.test(data.toString("latin1", 0, prefixWithin))
    ? blankTiff(data, inExif)
    : undefined;
}

function blankTiff(data: Buffer, held: ReadonlyMap<number, Blank>): boolean {
  return blankTiffLocation(data.subarray(tiffStart(data)), held);
}

/** Where the TIFF header is, or should be. */
function tiffStart(data: Buffer): number {
  const start = data.toString("latin1", 0, prefixWithin);
  if (tiffHeader.test(start.slice(0, 4))) {
    return 0;
  }
  const prefix = exifPrefix.exec(start);
  const header = tiffHeader.exec(start);
  return prefix ? prefix.index + prefix[0].length : (header?.index ?? 0);
}

/**
 * Of segments of a JPEG that lie in other data, one in another, too. They are looked at one by one, and
 * none for what lies in it: a few bytes could say that each holds all that follow.
 */
function blankSegmentsIn(data: Buffer): boolean {
  let isBlanked = false;
  let count = 0;
  for (let at = data.indexOf(0xff); at >= 0; at = data.indexOf(0xff, at + 1)) {
    if (codes.includes(data[at + 1] ?? 0) && at + 4 <= data.length) {
      const inner = data.subarray(at + 4, at + 2 + data.readUInt16BE(at + 2));
      const isFound = blankFlat(inner);
      isBlanked ||= isFound ?? false;
      count += isFound === undefined ? 0 : 1;
    }
    if (count > maxEmbedded) {
      return blankUnknown(data);
    }
  }
  return isBlanked;
}

/** Whether data have this prefix. */
export function begins(data: Buffer, prefix: Buffer): boolean {
  return data.subarray(0, prefix.length).equals(prefix);
}
