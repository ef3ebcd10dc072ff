/** Bytes to write over those of a file. */
export interface Patch {
  /** Position in the file. */
  at: number;
  bytes: Buffer;
}

/** A copy of a file in memory with patches, none of which goes beyond its end. */
export function patched(file: Buffer, patches: readonly Patch[]): Buffer {
  const copy = Buffer.from(file);
  for (const { at, bytes } of patches) {
    bytes.copy(copy, at);
  }
  return copy;
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
