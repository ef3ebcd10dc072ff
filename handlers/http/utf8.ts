import { isUtf8 } from "node:buffer";
import { InvalidRequestError, maxFieldLength } from "./errors";

/** What decoders put in place of what is no UTF-8. */
const replacement = "\ufffd";

/**
 * The text that `bytes` are.
 *
 * @param field what they came in, for the error.
 * @throws InvalidRequestError when they are not UTF-8: replaced characters would be stored as if sent.
 */
export function decodeUtf8(bytes: Uint8Array, field: string): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  if (!isUtf8(bytes)) {
    throw notUtf8(field, firstReplaced(text, bytes));
  }
  return text;
}

/**
 * The text that `bytes` are in a coding of a name that browsers know.
 * https://encoding.spec.whatwg.org/#names-and-labels
 *
 * @param field as `decodeUtf8`.
 * @throws InvalidRequestError when there is no such coding, or they are not in it.
 */
export function decodeText(bytes: Uint8Array, charset: string, field: string): string {
  if (isUtf8Name(charset)) {
    return decodeUtf8(bytes, field);
  }
  const named = charset.slice(0, maxFieldLength);
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    const problem =
      error instanceof RangeError
        ? `is text in ${named}, which is not known: send it in UTF-8`
        : `must be text in ${named}, as it says, and is not: send it in UTF-8`;
    throw new InvalidRequestError([{ field: field.slice(0, maxFieldLength), problem }]);
  }
}

function isUtf8Name(charset: string): boolean {
  // What is in US-ASCII is in UTF-8 as well, and many say the one who mean the other.
  return ["utf-8", "utf8", "us-ascii"].includes(charset);
}

/**
 * A text that the gateway has decoded. It replaces what is no UTF-8, without a word, by a character
 * that nobody could tell from one that was sent; so that is refused. JSON may write it as \ufffd.
 *
 * @param field what it came in, for the error.
 * @throws InvalidRequestError
 */
export function checkText(text: string, field: string): string {
  const at = text.indexOf(replacement);
  if (at >= 0) {
    throw notUtf8(field, Buffer.byteLength(text.slice(0, at)));
  }
  return text;
}

function notUtf8(field: string, offset: number): InvalidRequestError {
  return new InvalidRequestError([
    {
      field: field.slice(0, maxFieldLength),
      problem: `must be UTF-8, and is not at byte ${offset}`,
    },
  ]);
}

/** Offset of the first byte that was replaced in `text`, rather than written so. */
function firstReplaced(text: string, bytes: Uint8Array): number {
  let offset = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf(replacement, from);
    offset += Buffer.byteLength(text.slice(from, at));
    if (
      at < 0 ||
      bytes[offset] !== 0xef ||
      bytes[offset + 1] !== 0xbf ||
      bytes[offset + 2] !== 0xbd
    ) {
      return offset;
    }
    offset += Buffer.byteLength(replacement);
    from = at + 1;
  }
}
