import { crc32, inflateSync } from "node:zlib";
import type { ByteReader } from "../bytes";
import { blankExif, blankProfile } from "./carriers";
import type { Patch } from "./patch";
import { blankXmpLocation, tellsLocation } from "./xmp-location";
import { zeroPatches } from "./zeros";

const signatureBytes = 8;

const textTypes: readonly string[] = ["tEXt", "zTXt", "iTXt"];

/** What ImageMagick and others keep in texts: profiles as digits, most of which are to be looked at. */
const profile = /^(?:XML:com\.adobe\.xmp|Raw profile type (?!icc$|icm$).*)$/is;

/** Chunks that say nothing of a location: those that are registered, and some of Apple and of ImageMagick. */
const harmless: readonly string[] = [
  ...[
    "IHDR",
    "PLTE",
    "IDAT",
    "IEND",
    "acTL",
    "bKGD",
    "cHRM",
    "cICP",
    "cLLI",
    "dSIG",
    "fcTL",
    "fdAT",
  ],
  ...[
    "gAMA",
    "gIFg",
    "gIFt",
    "hIST",
    "iCCP",
    "iDOT",
    "mDCV",
    "oFFs",
    "pCAL",
    "pHYs",
    "sBIT",
    "sCAL",
  ],
  ...["sPLT", "sRGB", "sTER", "tIME", "tRNS", "vpAg", "caNv", "orNT"],
];

/** Most bytes that a text is looked at that is compressed. */
const maxTextBytes = 16 * 1024 * 1024;

/**
 * Of the chunk eXIf, and of texts. Chunks of which nobody knows what they say are blanked, and so is what
 * lies behind the last. https://www.w3.org/TR/png-3/
 */
export async function pngLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  let at = signatureBytes;
  for (let type = ""; type !== "IEND" && at + 12 <= file.size;) {
    const header = await file.from(at, 8);
    const length = header.readUInt32BE(0);
    type = header.toString("latin1", 4, 8);
    if (at + 12 + length > file.size) {
      // No chunk, and nothing behind it is one that a reader finds.
      break;
    }
    if (type === "eXIf" || textTypes.includes(type)) {
      const chunk = Buffer.from((await file.from(at + 4, length + 8)).subarray(0, length + 8));
      const data = chunk.subarray(4, 4 + length);
      if (type === "eXIf" ? blankExif(data) : blankText(chunk, data)) {
        chunk.writeUInt32BE(crc32(chunk.subarray(0, 4 + length)), 4 + length);
        patches.push({ at: at + 4, bytes: chunk });
      }
    } else if (!harmless.includes(type)) {
      patches.push(...(await blankChunk(file, at, length)));
    }
    at += 12 + length;
  }
  return [...patches, ...(await zeroPatches(file, at, file.size))];
}

/** With the checksum that it has then. */
async function blankChunk(file: ByteReader, at: number, length: number): Promise<Patch[]> {
  const start = at + 8;
  const patches = await zeroPatches(file, start, start + length);
  if (patches.length === 0) {
    return [];
  }
  const type = (await file.from(at + 4, 4)).subarray(0, 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(patches.reduce((sum, { bytes }) => crc32(bytes, sum), crc32(type)));
  return [...patches, { at: start + length, bytes: checksum }];
}

/** @param chunk begins with the type, which changes where all of the text is blanked. */
function blankText(chunk: Buffer, data: Buffer): boolean {
  const keywordEnd = data.indexOf(0);
  const keyword = data.toString("latin1", 0, Math.max(keywordEnd, 0));
  const type = chunk.toString("latin1", 0, 4);
  // ImageMagick writes each value of EXIF as a text of its own, such as exif:GPSLatitude.
  if (tellsLocation(keyword)) {
    return blankWhole(chunk, data, keywordEnd);
  }
  if (!profile.test(keyword)) {
    return false;
  }
  const text = textOf(type, data, keywordEnd);
  if (text && "plain" in text && keyword.startsWith("XML")) {
    return blankXmpLocation(text.plain);
  }
  if (text && !hasLocation(keyword, "plain" in text ? text.plain : text.inflated)) {
    return false;
  }
  return blankWhole(chunk, data, keywordEnd);
}

/** @returns whether there was anything. */
function blankWhole(chunk: Buffer, data: Buffer, keywordEnd: number): boolean {
  const text = data.subarray(keywordEnd + 1);
  const isBlank = text.every((byte) => byte === 0x20);
  // A plain text needs neither digits nor compression.
  chunk.write("tEXt", 0, "latin1");
  text.fill(0x20);
  return !isBlank;
}

/** The text of a chunk; `undefined` when it cannot be read. */
function textOf(
  type: string,
  data: Buffer,
  keywordEnd: number,
): { plain: Buffer } | { inflated: Buffer } | undefined {
  if (type === "tEXt") {
    return { plain: data.subarray(keywordEnd + 1) };
  }
  let start = keywordEnd + 2;
  let isCompressed = true;
  if (type === "iTXt") {
    isCompressed = data[keywordEnd + 1] !== 0;
    const language = data.indexOf(0, keywordEnd + 3);
    const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
    if (translated < 0) {
      return undefined;
    }
    start = translated + 1;
  }
  if (!isCompressed) {
    return { plain: data.subarray(start) };
  }
  try {
    return { inflated: inflateSync(data.subarray(start), { maxOutputLength: maxTextBytes }) };
  } catch {
    // Neither can another reader be trusted not to make something of it.
    return undefined;
  }
}

function hasLocation(keyword: string, text: Buffer): boolean {
  if (keyword.startsWith("XML")) {
    return blankXmpLocation(Buffer.from(text));
  }
  // The profile's name and its length, a line each, and then its bytes as digits.
  const digits = text.toString("latin1").replace(/^\s*[^\n]*\n\s*\d+\s*\n/, "");
  return blankProfile(Buffer.from(digits.replace(/\s/g, ""), "hex"));
}
