import type { ByteReader } from "../bytes";
import { codes, hasSegment, isFrame, type Marker, nextMarker } from "../jpeg-markers";
import { begins, blankSegment } from "./carriers";
import { type Extension, extendedPatches, extensionOf, extensionPrefix } from "./extended-xmp";
import type { Patch } from "./patch";
import { blankUnknown, zeroPatches } from "./zeros";

/** Bytes of the longest segment with its length. */
const maxSegmentBytes = 0xffff;

/** What an image begins with: its marker, and the first of the next. */
const start = Buffer.of(0xff, codes.startOfImage, 0xff);

/**
 * What segments of applications have, by the code of their markers and by how they begin, that says nothing
 * of a location: sizes, colours, further images of the file, how HDR is made, qualities.
 */
const harmless: ReadonlyMap<number, readonly Buffer[]> = new Map(
  Object.entries({
    [0xe0]: ["JFIF\0"],
    [0xe2]: ["ICC_PROFILE\0", "MPF\0", "urn:iso:std:iso:ts:21496:"],
    [0xe8]: ["SPIFF\0"],
    [0xea]: ["AROT\0"],
    [0xec]: ["Ducky"],
    [0xed]: ["Adobe_CM"],
    [0xee]: ["Adobe"],
  }).map(([code, texts]) => [Number(code), texts.map((text) => Buffer.from(text, "latin1"))]),
);

/** What was found in an image of the file. */
interface Found {
  /** Position after it. */
  end: number;
  /** Whether it is one, and whole: a frame, pixels and an end. */
  isWhole: boolean;
  patches: Patch[];
  extensions: Extension[];
}

/**
 * Of the segments of applications, in all images of the file, thumbnails included. What they have is
 * blanked in EXIF, XMP and Photoshop's resources; of what else nobody knows what it says, all. So it is with
 * what lies between images and behind the last, such as the video that telephones add.
 */
export async function jpegLocation(file: ByteReader): Promise<Patch[]> {
  const first = await imageAt(file, 0);
  const patches = [...first.patches];
  const extensions = [...first.extensions];
  let known = first.end;
  for (let at = await nextImage(file, known); at !== undefined;) {
    const further = await imageAt(file, at);
    if (further.isWhole) {
      patches.push(...(await zeroPatches(file, known, at)), ...further.patches);
      extensions.push(...further.extensions);
      known = further.end;
    }
    // What begins as an image and is none is not gone through again: there may be many such beginnings.
    at = await nextImage(file, further.end);
  }
  patches.push(...(await zeroPatches(file, known, file.size)));
  return [...patches, ...extendedPatches(extensions)];
}

async function nextImage(file: ByteReader, from: number): Promise<number | undefined> {
  let at = from;
  while (at + start.length < file.size) {
    const window = await file.from(at, start.length);
    const found = window.indexOf(start);
    if (found >= 0) {
      return at + found;
    }
    at += Math.max(window.length - start.length + 1, 1);
  }
  return undefined;
}

/** @param begin where it begins. */
async function imageAt(file: ByteReader, begin: number): Promise<Found> {
  const found: Found = { end: file.size, isWhole: false, patches: [], extensions: [] };
  let at = begin + 2;
  let [hasFrame, hasPixels] = [false, false];
  for (;;) {
    const marker = await nextMarker(file, at);
    if (!marker) {
      return found;
    }
    if (!hasPixels && marker.start > at) {
      if (begin > 0) {
        // Further images are whole, where a video may have what looks like the begin of one.
        return { ...found, end: marker.start };
      }
      // Decoders pass over it in search of the marker.
      found.patches.push(...(await zeroPatches(file, at, marker.start)));
    }
    if (marker.code === codes.endOfImage) {
      return { ...found, end: marker.end, isWhole: hasFrame && hasPixels };
    }
    if (marker.code === codes.startOfImage) {
      return { ...found, end: marker.start };
    }
    hasFrame ||= isFrame(marker.code);
    hasPixels ||= marker.code === codes.startOfScan;
    at = hasSegment(marker) ? await readSegment(file, marker, found) : marker.end;
  }
}

/** @returns where it ends. */
async function readSegment(file: ByteReader, marker: Marker, found: Found): Promise<number> {
  const bytes = await file.from(marker.end, maxSegmentBytes);
  const length = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const end = marker.end + Math.max(length, 2);
  const isOfApplication = marker.code >= 0xe0 && marker.code <= 0xef;
  if (!isOfApplication) {
    return end;
  }
  const at = marker.end + 2;
  const data = Buffer.from(bytes.subarray(2, Math.max(length, 2)));
  const isHarmless = harmless.get(marker.code)?.some((prefix) => begins(data, prefix));
  if (begins(data, extensionPrefix)) {
    found.extensions.push(extensionOf(at, data));
  } else if (!isHarmless && (blankSegment(data) ?? blankUnknown(data))) {
    found.patches.push({ at, bytes: data });
  }
  return end;
}
