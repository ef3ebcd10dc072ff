import { Buffer } from "./buffer";
import { decodeText, encodeText, hexOf } from "./bytes";

/** UTF-8 alone, as at the edge. */
export class TextEncoder {
  encode(text = ""): Uint8Array {
    const bytes = Buffer.from(text);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) {
        break;
      }
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

export class TextDecoder {
  readonly encoding = "utf-8";
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;

  constructor(label = "utf-8", options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    if (!/^utf-?8$/i.test(label)) {
      throw new RangeError(`Unknown encoding: "${label}"`);
    }
    this.fatal = options.fatal === true;
    this.ignoreBOM = options.ignoreBOM === true;
  }

  decode(input?: ArrayBuffer | ArrayBufferView): string {
    const bytes = input === undefined ? new Uint8Array(0) : viewOf(input);
    const digits = hexOf(bytes);
    const text = encodeText(digits);
    if (this.fatal && decodeText(text) !== digits) {
      throw new TypeError("The encoded data is not valid");
    }
    return !this.ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}

function viewOf(input: ArrayBuffer | ArrayBufferView): Uint8Array {
  return input instanceof ArrayBuffer
    ? new Uint8Array(input)
    : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
}

/** @throws TypeError for text that is no base64. */
export function atob(text: string): string {
  const compact = text.replace(/[\t\n\f\r ]/g, "");
  const bare = compact.length % 4 === 0 ? compact.replace(/={1,2}$/, "") : compact;
  if (bare.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(bare)) {
    throw new TypeError("invalid character in base64");
  }
  let binary = "";
  Buffer.from(bare, "base64").forEach((byte) => {
    binary += String.fromCharCode(byte);
  });
  return binary;
}

/** @throws TypeError for characters beyond U+00FF. */
export function btoa(text: string): string {
  const binary = text;
  if (/[^\0-\xff]/.test(binary)) {
    throw new TypeError("invalid character (>= U+00FF)");
  }
  const bytes = Buffer.alloc(binary.length);
  for (let at = 0; at < binary.length; at++) {
    bytes[at] = binary.charCodeAt(at);
  }
  return bytes.toString("base64");
}
