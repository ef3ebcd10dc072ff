import { type ByteReader, take } from "./bytes";
import { type Component, type Frame, readScan, type Scan } from "./jpeg-frame";
import { codes, hasSegment, nextMarker, segmentAt } from "./jpeg-markers";

/** Bytes of pixels up to which it is looked whether they are all there. */
const maxBytes = 8 * 1024 * 1024;

/** Symbols by the 16 bits that begin with their code: the code's length × 256 + the symbol. */
type HuffmanTable = Uint16Array;

/** Tables by class and number: 0 to 3 are those of first coefficients, 16 to 19 of the others. */
type HuffmanTables = Map<number, HuffmanTable>;

/**
 * Whether all pixels are there although the image has no end: some cameras leave that out, and
 * decoders do without. Follows the codes of the pixels, of baseline and extended JPEGs alone, since
 * cameras write no others.
 */
export async function hasAllPixels(file: ByteReader, frame: Frame): Promise<boolean> {
  const tables: HuffmanTables = new Map();
  const missing = new Set(frame.components.map(({ id }) => id));
  let interval = 0;
  let marker = frame.number <= 1 ? await nextMarker(file, 2) : undefined;
  while (marker && missing.size > 0) {
    const segment = hasSegment(marker) ? await segmentAt(file, marker) : undefined;
    if (segment) {
      const length = segment.end - segment.start;
      const data = await take(file, segment.start, length, "within a segment");
      if (marker.code === codes.huffmanTables) {
        addTables(tables, data);
      } else if (marker.code === codes.restartInterval && length >= 2) {
        interval = data.readUInt16BE(0);
      } else if (marker.code === codes.startOfScan) {
        const scan = await readScan(file, marker, segment, frame);
        const rest = file.size - segment.end;
        const pixels = rest <= maxBytes ? await file.from(segment.end, rest) : Buffer.alloc(0);
        if (!holds(pixels, frame, scan, tables, interval)) {
          return false;
        }
        for (const { id } of scan.components) {
          missing.delete(id);
        }
      }
    }
    marker = await nextMarker(file, segment?.end ?? marker.end);
  }
  return missing.size === 0;
}

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.4.2 and annex C */
function addTables(tables: HuffmanTables, data: Buffer): void {
  let at = 0;
  while (at + 17 <= data.length) {
    const counts = data.subarray(at + 1, at + 17);
    const symbols = data.subarray(at + 17);
    const table = new Uint16Array(65_536);
    let code = 0;
    let index = 0;
    for (const [bits, count] of counts.entries()) {
      const length = bits + 1;
      for (let n = 0; n < count; n++) {
        const first = code << (16 - length);
        table.fill(length * 256 + (symbols[index] ?? 0), first, first + (1 << (16 - length)));
        code++;
        index++;
      }
      code <<= 1;
    }
    tables.set(data[at] ?? 0, table);
    at += 17 + index;
  }
}

/** Whether `pixels` has all units of a scan. */
function holds(
  pixels: Buffer,
  frame: Frame,
  scan: Scan,
  tables: HuffmanTables,
  interval: number,
): boolean {
  const blocks = scan.components.flatMap(({ id, dcTable, acTable }) => {
    const component = frame.components.find((one) => one.id === id);
    const [dc, ac] = [tables.get(dcTable), tables.get(16 + acTable)];
    if (!component || !dc || !ac) {
      return [];
    }
    const count = scan.components.length === 1 ? 1 : component.across * component.down;
    return Array.from({ length: count }, () => ({ dc, ac }));
  });
  const reader = new BitReader(pixels);
  const units = unitsOf(frame, scan);
  for (let unit = 0; unit < units && !reader.isSpent; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      reader.restart();
    }
    for (const { dc, ac } of blocks) {
      passBlock(reader, dc, ac);
    }
  }
  return blocks.length > 0 && !reader.isSpent;
}

/** How many units a scan has: of several components together, or the blocks of one. */
function unitsOf({ width, height, components }: Frame, scan: Scan): number {
  const most = (value: (component: Component) => number) => Math.max(1, ...components.map(value));
  const [across, down] = [most((one) => one.across), most((one) => one.down)];
  const only = components.find(({ id }) => id === scan.components[0]?.id);
  const blocks = (pixels: number, part: number, whole: number) =>
    Math.ceil(Math.ceil((pixels * part) / whole) / 8);
  return scan.components.length === 1 && only
    ? blocks(width, only.across, across) * blocks(height, only.down, down)
    : Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
}

/** Passes over the 64 coefficients of a block. https://www.w3.org/Graphics/JPEG/itu-t81.pdf, F.2.2 */
function passBlock(reader: BitReader, dc: HuffmanTable, ac: HuffmanTable): void {
  reader.skip(reader.symbol(dc) & 15);
  let index = 1;
  while (index < 64 && !reader.isSpent) {
    const symbol = reader.symbol(ac);
    const [zeros, bits] = [symbol >> 4, symbol & 15];
    if (bits === 0 && zeros !== 15) {
      return;
    }
    reader.skip(bits);
    index += zeros + 1;
  }
}

/** Reads pixels bit by bit, in which FF is followed by a zero. */
class BitReader {
  readonly #bytes: Buffer;
  #at = 0;
  #bits = 0;
  #count = 0;
  /** Whether more was read than there is, or what is no code. */
  isSpent = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The symbol whose code comes next. */
  symbol(table: HuffmanTable): number {
    this.#load(16);
    // What lies behind the last bit counts as ones, with which encoders fill up.
    const missing = Math.max(16 - this.#count, 0);
    const bits =
      missing > 0
        ? (this.#bits << missing) | ((1 << missing) - 1)
        : this.#bits >>> (this.#count - 16);
    const entry = table[bits & 0xffff] ?? 0;
    if (entry === 0) {
      this.isSpent = true;
    }
    this.skip(entry >> 8);
    return entry & 0xff;
  }

  skip(bits: number): void {
    this.#load(bits);
    this.isSpent ||= bits > this.#count;
    this.#count -= bits;
  }

  /** Goes on behind the marker that comes next. */
  restart(): void {
    while (this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xff) {
      this.#at++;
    }
    const code = this.#bytes[this.#at + 1] ?? 0;
    this.isSpent ||= this.#bytes[this.#at] !== 0xff || code < 0xd0 || code > 0xd7;
    this.#at += 2;
    this.#count = 0;
  }

  /** At most 16, so that all bits at hand are 23 at most. */
  #load(bits: number): void {
    while (this.#count < bits) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || (byte === 0xff && this.#bytes[this.#at + 1] !== 0)) {
        return;
      }
      this.#at += byte === 0xff ? 2 : 1;
      this.#bits = ((this.#bits << 8) | byte) & 0xffffff;
      this.#count += 8;
    }
  }
}
