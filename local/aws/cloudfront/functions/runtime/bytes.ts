import { host } from "./host";

/** The encodings of texts that buffers know. */
export const encodings = ["utf8", "hex", "base64", "base64url"];

/** @throws TypeError for an encoding that is none of {@link encodings}. */
function requireEncoding(encoding: unknown = "utf8"): string {
  const name = encoding === "utf-8" ? "utf8" : encoding;
  if (typeof name !== "string" || !encodings.includes(name)) {
    throw new TypeError(`Unknown encoding: "${String(encoding)}"`);
  }
  return name;
}

// Kept here: code of a function may replace them.
const { parse, stringify } = JSON;

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) {
    digits += (byte < 16 ? "0" : "") + byte.toString(16);
  }
  return digits;
}

/** Writes the bytes that hexadecimal digits stand for into `target`, from its start. */
export function copyHex(digits: string, target: Uint8Array): void {
  for (let at = 0; at < digits.length; at += 2) {
    target[at / 2] = parseInt(digits.slice(at, at + 2), 16);
  }
}

/** @returns in hexadecimal, the bytes that `text` stands for. */
export function decodeText(text: string, encoding?: unknown): string {
  return host.decode(stringify(text), requireEncoding(encoding));
}

/** @returns the text that bytes, in hexadecimal, stand for. */
export function encodeText(digits: string, encoding?: unknown): string {
  return parse(host.encode(digits, requireEncoding(encoding))) as string;
}
