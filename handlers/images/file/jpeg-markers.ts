import { type ByteReader, take } from "./bytes";
import { cutOff, unreadable } from "./unreadable";

/** Codes of markers, the byte after FF. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
export const codes = {
  temporary: 0x01,
  huffmanTables: 0xc4,
  reserved: 0xc8,
  arithmeticConditioning: 0xcc,
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  restartInterval: 0xdd,
  hierarchical: 0xde,
  app1: 0xe1,
} as const;

/** A marker, as it lies in the file. */
export interface Marker {
  code: number;
  /** Position of its first FF. */
  start: number;
  /** Position after it. */
  end: number;
}

/** What a marker is followed by. */
export interface Segment {
  /** Position of its data, after its length. */
  start: number;
  /** Position after it. */
  end: number;
}

/** Whether a frame begins with it: SOF0 to SOF15, among which three mean something else. */
export function isFrame(code: number): boolean {
  const others: readonly number[] = [
    codes.huffmanTables,
    codes.reserved,
    codes.arithmeticConditioning,
  ];
  return code >= 0xc0 && code <= 0xcf && !others.includes(code);
}

/** Whether data follow upon it: not upon TEM, nor upon RST0 to RST7, which stand between pixels. */
export function hasSegment({ code }: Marker): boolean {
  return code !== codes.temporary && (code < 0xd0 || code > 0xd7);
}

/**
 * The next marker, over whatever lies before it: pixels, in which FF is followed by a zero, and stray
 * bytes. Any number of FF may fill the space before a marker's code.
 */
export async function nextMarker(file: ByteReader, position: number): Promise<Marker | undefined> {
  let at = position;
  while (at < file.size - 1) {
    const bytes = await file.from(at, 2);
    const marker = markerIn(bytes);
    if (marker.code !== undefined) {
      return { code: marker.code, start: at + marker.start, end: at + marker.end };
    }
    at += marker.passed;
  }
  return undefined;
}

/** The first marker in `bytes`, or how many of them are none of any. */
function markerIn(bytes: Buffer): Marker | { code?: undefined; passed: number } {
  let at = 0;
  for (;;) {
    const start = bytes.indexOf(0xff, at);
    if (start < 0) {
      return { passed: bytes.length };
    }
    let next = start + 1;
    while (bytes[next] === 0xff) {
      next++;
    }
    const code = bytes[next];
    if (code) {
      return { code, start, end: next + 1 };
    }
    if (code === undefined) {
      // Of filling that goes on to the end of what is at hand, the last byte may belong to a marker.
      return { passed: Math.max(next - 1, 1) };
    }
    at = next + 1;
  }
}

/** @throws ApiError 415 `UnreadableImage` when the file ends within it. */
export async function segmentAt(file: ByteReader, marker: Marker): Promise<Segment> {
  const name = `the segment ${marker.code.toString(16).toUpperCase()}`;
  const length = (await take(file, marker.end, 2, `within ${name}`)).readUInt16BE(0);
  if (length < 2) {
    throw unreadable(`The image is damaged: ${name} at byte ${marker.start} has no length.`);
  }
  const end = marker.end + length;
  if (end > file.size) {
    throw cutOff(file, `within ${name}, which begins at byte ${marker.start}`);
  }
  return { start: marker.end + 2, end };
}
