import { anyTypes, imageTypeOf } from "../images/image-types";
import { InvalidRequestError } from "./errors";
import { mediaType } from "./request";

/**
 * The bytes of base64 as encoders write it: in the standard alphabet or that of URLs, in lines or in
 * one, padded or not. A prefix `data:<type>;base64,` is stripped if its type is `contentType`, or
 * says nothing.
 *
 * @param contentType the image's, in lower case.
 * @param field the field that the text came in, for errors.
 * @throws InvalidRequestError for anything else.
 */
export function decodeBase64(text: string, contentType: string, field: string): Buffer {
  const encoded = /^data:/i.test(text) ? stripPrefix(text, contentType, field) : text;
  return decodeUsualBase64(encoded) ?? decodeAnyBase64(encoded, field);
}

/**
 * The bytes of base64 in its usual form: the standard alphabet, in one line, padded. Looks at a text of
 * megabytes without a copy of it, and never character by character.
 */
export function decodeUsualBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  // Buffer skips what it does not know. If that is anything, the bytes are too few for the text.
  const lastGroup = bytes.toString("base64", bytes.length - (bytes.length % 3 || 3));
  const isWhole = text.length === Math.ceil(bytes.length / 3) * 4 && text.endsWith(lastGroup);
  // It also takes both alphabets, and other characters for the one that their low byte is.
  return isWhole && !text.includes("-") && !text.includes("_") && isAscii(text) ? bytes : undefined;
}

/** Characters that are looked at once. */
const asciiChunk = 16 * 1024;

/** Whether a text takes a byte a character; in UTF-8, any other takes two or three. */
function isAscii(text: string): boolean {
  const room = Buffer.allocUnsafe(Math.min(text.length, asciiChunk) * 3);
  for (let at = 0; at < text.length; at += asciiChunk) {
    const chunk = text.slice(at, at + asciiChunk);
    if (room.write(chunk) !== chunk.length) {
      return false;
    }
  }
  return true;
}

function decodeAnyBase64(encoded: string, field: string): Buffer {
  // Only around lines: a space within one may be a plus that a form's decoding has taken for a space.
  const lines = encoded.split(/[\r\n]+/).map((line) => line.trim());
  const joined = lines.join("");
  const digits = joined.replace(/={1,2}$/, "");
  const bytes = Buffer.from(digits, "base64");
  // Buffer skips what it does not know; only what encoders write comes back as it was.
  const written = bytes.toString(/[-_]/.test(digits) ? "base64url" : "base64");
  const isPadded = digits.length === joined.length || joined.length % 4 === 0;
  if (!isPadded || written.replace(/={1,2}$/, "") !== digits) {
    throw new InvalidRequestError([
      {
        field,
        problem: "must be base64, in one alphabet, and padded in full if at all",
      },
    ]);
  }
  return bytes;
}

function stripPrefix(text: string, contentType: string, field: string): string {
  const comma = text.indexOf(",");
  const prefix = text.slice("data:".length, comma);
  if (comma < 0 || !/;\s*base64$/i.test(prefix) || !agree(mediaType(prefix), contentType)) {
    throw new InvalidRequestError([
      { field, problem: `may have no other prefix than data:${contentType};base64,` },
    ]);
  }
  return text.slice(comma + 1);
}

function agree(type: string, contentType: string): boolean {
  const saysNothing = [type, contentType].some((name) => name === "" || anyTypes.includes(name));
  return saysNothing || imageTypeOf(type) === imageTypeOf(contentType);
}
