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
  // Of those that are left, each piece looks at its own alone: there may be very many.
  let next = 0;
  for await (const piece of stream) {
    const bytes = Buffer.from(piece);
    const pieceEnd = start + bytes.length;
    for (let patch = patches[next]; patch && patch.at < pieceEnd; patch = patches[next]) {
      const patchEnd = patch.at + patch.bytes.length;
      const from = Math.max(patch.at, start);
      patch.bytes.copy(
        bytes,
        from - start,
        from - patch.at,
        Math.min(patchEnd, pieceEnd) - patch.at,
      );
      if (patchEnd > pieceEnd) {
        break;
      }
      next++;
    }
    start = pieceEnd;
    yield bytes;
  }
}
