import { entryBytes } from "../exif";
import { blankAllExif } from "./exif-rest";
import { isZero } from "./zeros";

/** Where a directory of EXIF points to its GPS data. */
const gpsPointer = 0x8825;

/** Other tags that point to directories: of EXIF itself, of its interoperability, of further images. */
const directoryPointers: readonly number[] = [0x8769, 0xa005, 0x014a];

const makerTag = 0x010f;
const makerNoteTag = 0x927c;

/** Makers that write the names of places into their notes: Leica's are Panasonic's. */
const placingMakers = /^(?:panasonic|leica|nikon|samsung)/i;

/** Where the pixels of a map lie on the Earth. https://docs.ogc.org/is/19-008r4/19-008r4.html, 7.1 */
const mapTags: readonly number[] = [0x830e, 0x8480, 0x8482, 0x85d8, 0x87af, 0x87b0, 0x87b1];

/** Bytes of a value by its type. https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E, 4.6.2 */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** Directories that are followed at most, and entries of each kind: files have five, and one of a kind. */
const maxDirectories = 64;

interface Range {
  start: number;
  end: number;
}

/** Says that it cannot be told where the location is. */
class Unclear extends Error {}

/** What EXIF may hold of others, and how what that says of the location is blanked. */
export type Held = ReadonlyMap<number, (data: Buffer) => boolean>;

/**
 * Blanks the GPS data of EXIF: its directory, the values of that, and the pointers to it; where a map
 * lies; and the notes of makers, of which nobody else knows what they say, if there are GPS data or the
 * maker is one that notes places. Where it cannot be told for sure what all that is, all of the EXIF but the
 * orientation.
 *
 * @param exif a TIFF header and what follows.
 * @param held by tag.
 * @returns whether there was anything; `exif` is changed.
 */
export function blankTiffLocation(exif: Buffer, held: Held): boolean {
  if (isZero(exif)) {
    return false;
  }
  try {
    return new Exif(exif).blankLocation(held);
  } catch (error) {
    if (!(error instanceof Unclear || error instanceof RangeError)) {
      throw error;
    }
    return blankAllExif(exif);
  }
}

class Exif {
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;
  /** What else than GPS data has been read. */
  readonly #kept: Range[] = [{ start: 0, end: 8 }];
  readonly #directories = new Set<number>();
  /** Positions of entries by their tags. */
  readonly #entries = new Map<number, number[]>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const order = bytes.toString("latin1", 0, 2);
    this.#isLittle = order === "II";
    if ((order !== "II" && order !== "MM") || this.#short(2) !== 42) {
      throw new Unclear();
    }
  }

  blankLocation(held: Held): boolean {
    const first = this.#long(4);
    if (first < 8 || first + 2 > this.#bytes.length) {
      throw new Unclear();
    }
    this.#readFrom(first);
    const gps = this.#entriesOf(gpsPointer);
    const others = [...mapTags, ...(this.#notesPlaces() ? [makerNoteTag] : [])].flatMap((tag) =>
      this.#entriesOf(tag),
    );
    const gone = [
      ...gps.flatMap((at) => [...this.#gpsRanges(this.#pointed(at))]),
      ...others.flatMap((at) => this.#valueOf(at)),
    ];
    const left = [...held].flatMap(([tag, blank]) =>
      this.#entriesOf(tag).flatMap((at) => this.#valueOf(at).map((range) => ({ ...range, blank }))),
    );
    this.#requireApart([...gone, ...left]);
    let isBlanked = gps.length + others.length > 0;
    for (const { start, end, blank } of left) {
      const isFound = blank(this.#bytes.subarray(start, end));
      isBlanked ||= isFound;
    }
    const entries = [...gps, ...others].map((at) => ({ start: at, end: at + entryBytes }));
    for (const { start, end } of [...gone, ...entries]) {
      this.#bytes.fill(0, start, end);
    }
    return isBlanked;
  }

  /** Whether the notes of the maker may tell the place. */
  #notesPlaces(): boolean {
    const makers = this.#entriesOf(makerTag).flatMap((at) => this.#valueOf(at));
    return (
      this.#entriesOf(gpsPointer).length > 0 ||
      makers.some(({ start }) =>
        placingMakers.test(this.#bytes.toString("latin1", start, start + 16).trimStart()),
      )
    );
  }

  /** @throws Unclear when what is to be blanked is where something else has been read. */
  #requireApart(ranges: readonly Range[]): void {
    const overlaps = ranges.some((range) =>
      this.#kept.some(({ start, end }) => range.start < end && start < range.end),
    );
    if (overlaps) {
      throw new Unclear();
    }
  }

  #entriesOf(tag: number): readonly number[] {
    const found = this.#entries.get(tag) ?? [];
    if (found.length > maxDirectories) {
      throw new Unclear();
    }
    return found;
  }

  /** Reads all directories. */
  #readFrom(first: number): void {
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
        const same = this.#entries.get(tag) ?? [];
        same.push(at);
        this.#entries.set(tag, same);
        if (directoryPointers.includes(tag)) {
          left.push(...this.#directoriesOf(at));
        }
      }
      if (end + 4 <= this.#bytes.length) {
        left.push(this.#long(end));
      }
    }
  }

  /** What an entry's value is that does not fit into it, as far as the EXIF goes. */
  #valueOf(at: number): Range[] {
    const type = this.#short(at + 2);
    if (type >= typeBytes.length) {
      throw new Unclear();
    }
    const bytes = (typeBytes[type] ?? 0) * this.#long(at + 4);
    const start = this.#long(at + 8);
    return bytes <= 4 || start >= this.#bytes.length
      ? []
      : [{ start, end: Math.min(start + bytes, this.#bytes.length) }];
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
