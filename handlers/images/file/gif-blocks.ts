import type { ByteReader } from "./bytes";

// What a GIF is made of: https://www.w3.org/Graphics/GIF/spec-gif89a.txt

/** Bytes of the signature and the screen's descriptor. */
export const screenBytes = 13;

/** Bytes of a frame's descriptor after its introducer. */
export const descriptorBytes = 9;

/** What blocks begin with. */
export const introducers = { extension: 0x21, frame: 0x2c, trailer: 0x3b } as const;

/** @param flags of the descriptor of a screen or a frame, after which the table stands. */
export function colourTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Passes over data in blocks of at most 255 bytes. @returns where they end; `undefined` if the file does before. */
export async function dataEnd(file: ByteReader, start: number): Promise<number | undefined> {
  let at = start;
  while (at < file.size) {
    const bytes = await file.from(at, 1);
    let next = 0;
    while (next < bytes.length) {
      const length = bytes[next] ?? 0;
      next += 1 + length;
      if (length === 0) {
        return at + next;
      }
    }
    at += next;
  }
  return undefined;
}
