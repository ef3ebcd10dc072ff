import { type ByteReader, take } from "./bytes";
import type { Marker, Segment } from "./jpeg-markers";
import { unreadable, unsupportedCoding } from "./unreadable";

/** What the frame of a JPEG states. */
export interface Frame {
  width: number;
  height: number;
  /** The digit of its marker: 2 of SOF2. */
  number: number;
  components: readonly Component[];
}

/** One of the colours that an image is made of. */
export interface Component {
  id: number;
  /** How many of its blocks go into a unit of pixels, across and down. */
  across: number;
  down: number;
}

/** What a scan, a part of a frame's pixels, states. */
export interface Scan {
  /** By component: its id, and which of the tables its pixels are coded by. */
  components: readonly { id: number; dcTable: number; acTable: number }[];
}

/** Codings that decoders do not know, by the digit of a frame's marker. */
const unsupported: ReadonlyMap<number, string> = new Map([
  [5, "hierarchical"],
  [6, "hierarchical"],
  [7, "hierarchical"],
  [11, "lossless and arithmetic-coded"],
  [13, "hierarchical"],
  [14, "hierarchical"],
  [15, "hierarchical"],
]);

/**
 * What else than the usual a scan has to state, by the digit of a frame's marker: decoders refuse
 * others.
 */
const scanRules: ReadonlyMap<number, { coding: string; allows: (scan: Selection) => boolean }> =
  new Map([
    [2, { coding: "progressive", allows: isProgressive }],
    [3, { coding: "lossless", allows: isLossless }],
    [10, { coding: "progressive", allows: isProgressive }],
  ]);

const supported =
  "baseline, extended, progressive and lossless JPEG of 8 bits (SOF0 to SOF3, SOF9, SOF10)";

/** The answer to a coding that decoders do not know. */
export function unsupportedJpeg(coding: string) {
  return unsupportedCoding(coding, supported);
}

/** @throws ApiError when decoders do not know its coding, or its size. */
export async function readFrame(
  file: ByteReader,
  { code, start }: Marker,
  segment: Segment,
): Promise<Frame> {
  const number = code - 0xc0;
  const coding = unsupported.get(number);
  if (coding) {
    throw unsupportedJpeg(`a ${coding} JPEG (SOF${number})`);
  }
  const header = await take(file, segment.start, segment.end - segment.start, "within its header");
  const count = header[5] ?? 0;
  if (count === 0 || header.length < 6 + 3 * count) {
    throw unreadable(`The image is damaged: its frame, at byte ${start}, has no components.`);
  }
  const [bits, height, width] = [header[0], header.readUInt16BE(1), header.readUInt16BE(3)];
  if (bits !== 8) {
    throw unsupportedJpeg(`a JPEG of ${bits} bits a sample`);
  }
  if (height === 0) {
    throw unsupportedJpeg("a JPEG that states its height behind its pixels, if at all (DNL)");
  }
  return { width, height, number, components: componentsOf(header.subarray(6, 6 + 3 * count)) };
}

function componentsOf(header: Buffer): Component[] {
  return Array.from({ length: header.length / 3 }, (_, index) => {
    const [id = 0, sampling = 0] = header.subarray(3 * index);
    return { id, across: sampling >> 4, down: sampling & 15 };
  });
}

/** Which coefficients of its blocks a scan has, and which of their bits. */
interface Selection {
  first: number;
  last: number;
  bitsBefore: number;
  bitsLeft: number;
}

/** @throws ApiError when it is none of such a frame. */
export async function readScan(
  file: ByteReader,
  { start }: Marker,
  segment: Segment,
  { number }: Frame,
): Promise<Scan> {
  const header = await take(file, segment.start, segment.end - segment.start, "within a scan");
  const count = header[0] ?? 0;
  const [first, last, bits] = header.subarray(1 + 2 * count);
  if (count === 0 || first === undefined || last === undefined || bits === undefined) {
    throw unreadable(`The image is damaged: a scan, at byte ${start}, has no components.`);
  }
  const rule = scanRules.get(number);
  if (rule && !rule.allows({ first, last, bitsBefore: bits >> 4, bitsLeft: bits & 15 })) {
    throw unreadable(
      `The image is damaged: it is a ${rule.coding} JPEG (SOF${number}), ` +
        `but its scan at byte ${start} is of another coding.`,
    );
  }
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, tables = 0] = header.subarray(1 + 2 * index);
    return { id, dcTable: tables >> 4, acTable: tables & 15 };
  });
  return { components };
}

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, G.1.1.1.1 */
function isProgressive({ first, last, bitsBefore, bitsLeft }: Selection): boolean {
  const isBand = first === 0 ? last === 0 : first <= last && last <= 63;
  return isBand && (bitsBefore === 0 ? bitsLeft <= 13 : bitsLeft === bitsBefore - 1);
}

/** The predictor is called first there. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, H.1.1 */
function isLossless({ first, last, bitsBefore, bitsLeft }: Selection): boolean {
  return first >= 1 && first <= 7 && last === 0 && bitsBefore === 0 && bitsLeft < 8;
}
