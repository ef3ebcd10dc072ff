/** Where a directory of EXIF points to its GPS data. */
const gpsPointer = 0x8825;

/** Other tags that point to directories: of EXIF itself, of its interoperability, of further images. */
const directoryPointers: readonly number[] = [0x8769, 0xa005, 0x014a];

const orientationTag = 0x0112;

/** Bytes of a value by its type. https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E, 4.6.2 */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

const entryBytes = 12;

/** Directories that are followed at most: files have five. */
const maxDirectories = 64;

interface Range {
  start: number;
  end: number;
}

/** Says that it cannot be told where the location is. */
class Unclear extends Error {}

/**
 * Blanks the GPS data of EXIF: its directory, the values of that, and the pointers to it. Where it
 * cannot be told for sure what they are, all of the EXIF but the orientation.
 *
 * @param exif a TIFF header and what follows.
 * @returns whether there was anything; `exif` is changed.
 */
export function blankExifLocation(exif: Buffer): boolean {
  if (exif.every((byte) => byte === 0)) {
    return false;
  }
  try {
    return new Exif(exif).blankLocation();
  } catch (error) {
    if (!(error instanceof Unclear || error instanceof RangeError)) {
      throw error;
    }
    blankAll(exif);
    return true;
  }
}

class Exif {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;
  /** What else than GPS data has been read. */
  readonly #kept: Range[] = [{ start: 0, end: 8 }];
  readonly #directories = new Set<number>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const order = bytes.toString("latin1", 0, 2);
    this.#isLittle = order === "II";
    if ((order !== "II" && order !== "MM") || this.#short(2) !== 42) {
      throw new Unclear();
    }
  }

  blankLocation(): boolean {
    const first = this.#long(4);
    if (first < 8 || first + 2 > this.#bytes.length) {
      throw new Unclear();
    }
    const pointers = this.#pointersFrom(first);
    const blanked = pointers.flatMap((at) => [...this.#gpsRanges(this.#pointed(at))]);
    const overlaps = blanked.some((range) =>
      this.#kept.some(({ start, end }) => range.start < end && start < range.end),
    );
    if (overlaps) {
      throw new Unclear();
    }
    for (const { start, end } of blanked) {
      this.#bytes.fill(0, start, end);
    }
    for (const at of pointers) {
      this.#bytes.fill(0, at, at + entryBytes);
    }
    return pointers.length > 0;
  }

  /** Positions of all entries that point to GPS data. */
  #pointersFrom(first: number): number[] {
    const found: number[] = [];
    const left = [first];
    for (let start = left.pop(); start !== undefined; start = left.pop()) {
      // What lies beyond, or in a circle, no reader follows.
      if (start < 8 || start + 2 > this.#bytes.length || this.#directories.has(start)) {
        continue;
      }
      this.#directories.add(start);
      if (this.#directories.size > maxDirectories) {
        throw new Unclear();
      }
      const end = start + 2 + this.#short(start) * entryBytes;
      this.#kept.push({ start, end: Math.min(end, this.#bytes.length) });
      for (
        let at = start + 2;
        at < end && at + entryBytes <= this.#bytes.length;
        at += entryBytes
      ) {
        const tag = this.#short(at);
        if (tag === gpsPointer) {
          found.push(at);
        } else if (directoryPointers.includes(tag)) {
          left.push(...this.#directoriesOf(at));
        }
      }
      if (end + 4 <= this.#bytes.length) {
        left.push(this.#long(end));
      }
    }
    return found;
  }

  #directoriesOf(at: number): number[] {
    const count = this.#long(at + 4);
    if (count <= 1) {
      return [this.#long(at + 8)];
    }
    const start = this.#long(at + 8);
    if (count > maxDirectories || start + 4 * count > this.#bytes.length) {
      throw new Unclear();
    }
    return Array.from({ length: count }, (_, index) => this.#long(start + 4 * index));
  }

  #pointed(at: number): number {
    const [type, count] = [this.#short(at + 2), this.#long(at + 4)];
    if ((type !== 4 && type !== 13) || count !== 1) {
      throw new Unclear();
    }
    return this.#long(at + 8);
  }

  /** A directory of GPS data, and what its values are that do not fit into it. */
  *#gpsRanges(start: number): Generator<Range> {
    const count = this.#short(start);
    const end = start + 2 + count * entryBytes;
    if (start < 8 || end > this.#bytes.length) {
      throw new Unclear();
    }
    yield { start, end };
    for (let at = start + 2; at < end; at += entryBytes) {
      const bytes = (typeBytes[this.#short(at + 2)] ?? 0) * this.#long(at + 4);
      if (this.#short(at + 2) >= typeBytes.length) {
        throw new Unclear();
      }
      if (bytes > 4) {
        const value = this.#long(at + 8);
        if (value + bytes > this.#bytes.length) {
          throw new Unclear();
        }
        yield { start: value, end: value + bytes };
      }
    }
  }

  #short(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  #long(at: number): number {
    return this.#isLittle ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }
}

/** Leaves of EXIF the orientation, by which the image is shown, if its first directory states one. */
function blankAll(exif: Buffer): void {
  const orientation = orientationOf(exif);
  exif.fill(0);
  const entries = orientation === undefined ? 0 : 1;
  const whole = Buffer.alloc(14 + entries * entryBytes);
  whole.write("MM\0*", 0, "latin1");
  whole.writeUInt32BE(8, 4);
  whole.writeUInt16BE(entries, 8);
  if (orientation !== undefined) {
    whole.writeUInt16BE(orientationTag, 10);
    whole.writeUInt16BE(3, 12);
    whole.writeUInt32BE(1, 14);
    whole.writeUInt16BE(orientation, 18);
  }
  if (whole.length <= exif.length) {
    whole.copy(exif);
  }
}

function orientationOf(exif: Buffer): number | undefined {
  const isLittle = exif.toString("latin1", 0, 2) === "II";
  const short = (at: number) =>
    at + 2 > exif.length ? 0 : isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at);
  const first = exif.length < 8 ? 0 : isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  const count = Math.min(short(first), 1000);
  for (let at = first + 2; at < first + 2 + count * entryBytes; at += entryBytes) {
    if (short(at) === orientationTag) {
      const value = short(at + 8);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  }
  return undefined;
}
