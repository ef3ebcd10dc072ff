/** Bytes to write over those of a file. */
export interface Patch {
  /** Position in the file. */
  at: number;
  bytes: Buffer;
}

/** Writes patches over a file in memory, in place: none of them goes beyond its end. */
export function patchInPlace(file: Buffer, patches: readonly Patch[]): void {
  for (const { at, bytes } of patches) {
    bytes.copy(file, at);
  }
}

/**
 * Writes patches over a stream of a file's bytes as they pass.
 *
 * @param patches by position; none overlaps another.
 */
export async function* patchStream(
  stream: AsyncIterable<Uint8Array>,
  patches: readonly Patch[],
): AsyncGenerator<Buffer> {
  let start = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    for (const patch of patches) {
      const from = Math.max(patch.at, start);
      const end = Math.min(patch.at + patch.bytes.length, start + bytes.length);
      if (from < end) {
        patch.bytes.copy(bytes, from - start, from - patch.at, end - patch.at);
      }
    }
    start += bytes.length;
    yield bytes;
  }
}
