import { crc32, inflateSync } from "node:zlib";
import type { ByteReader } from "../bytes";
import { blankExifLocation } from "./exif-location";
import type { Patch } from "./patch";
import { blankXmpLocation, tellsLocation } from "./xmp-location";

const signatureBytes = 8;

const textTypes: readonly string[] = ["tEXt", "zTXt", "iTXt"];

/** What ImageMagick and others keep in texts: profiles as digits, of which EXIF and XMP are some. */
const profile = /^(?:XML:com\.adobe\.xmp|Raw profile type (?:exif|app1|xmp))$/i;

const exifPrefix = Buffer.from("Exif\0");

/** Most bytes that a text is looked at that is compressed. */
const maxTextBytes = 16 * 1024 * 1024;

/** Of the chunk eXIf, and of texts. https://www.w3.org/TR/png-3/ */
export async function pngLocation(file: ByteReader): Promise<Patch[]> {
  const patches: Patch[] = [];
  let at = signatureBytes;
  while (at + 12 <= file.size) {
    const header = await file.from(at, 8);
    const length = header.readUInt32BE(0);
    const type = header.toString("latin1", 4, 8);
    if (type === "eXIf" || textTypes.includes(type)) {
      const chunk = Buffer.from((await file.from(at + 4, length + 8)).subarray(0, length + 8));
      const data = chunk.subarray(4, 4 + length);
      if (type === "eXIf" ? blankExif(data) : blankText(chunk, data)) {
        chunk.writeUInt32BE(crc32(chunk.subarray(0, 4 + length)), 4 + length);
        patches.push({ at: at + 4, bytes: chunk });
      }
    }
    if (type === "IEND") {
      break;
    }
    at += 12 + length;
  }
  return patches;
}

/** Some programs write the prefix that EXIF has in a JPEG. */
function blankExif(data: Buffer): boolean {
  const isPrefixed = data.subarray(0, exifPrefix.length).equals(exifPrefix);
  return blankExifLocation(data.subarray(isPrefixed ? exifPrefix.length + 1 : 0));
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
  const bytes = Buffer.from(digits.replace(/\s/g, ""), "hex");
  const start = bytes.subarray(0, exifPrefix.length).equals(exifPrefix) ? 6 : 0;
  const isExif = /^(?:II|MM)/.test(bytes.toString("latin1", start, start + 2));
  return isExif ? blankExifLocation(bytes.subarray(start)) : blankXmpLocation(bytes);
}
