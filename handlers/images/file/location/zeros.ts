import type { ByteReader } from "../bytes";
import type { Patch } from "./patch";

/** Bytes that are looked at, and written over, at once. */
const pieceBytes = 1024 * 1024;

const zeros = Buffer.alloc(pieceBytes);

/** Whether there is nothing but zeros. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    if (!piece.equals(zeros.subarray(0, piece.length))) {
      return false;
    }
  }
  return true;
}

/** Blanks bytes of which nobody knows what they say. @returns whether there was anything. */
export function blankUnknown(bytes: Buffer): boolean {
  const isBlanked = !isZero(bytes);
  bytes.fill(0);
  return isBlanked;
}

/**
 * Zeros over a part of a file, whatever its length, if there is anything else in it.
 *
 * @param stated where it ends, if the file does not before.
 */
export async function zeroPatches(
  file: ByteReader,
  start: number,
  stated: number,
): Promise<Patch[]> {
  const patches: Patch[] = [];
  const end = Math.min(stated, file.size);
  let isBlank = true;
  for (let at = start; at < end; at += pieceBytes) {
    const length = Math.min(pieceBytes, end - at);
    isBlank &&= isZero((await file.from(at, length)).subarray(0, length));
    patches.push({ at, bytes: zeros.subarray(0, length) });
  }
  return isBlank ? [] : patches;
}
