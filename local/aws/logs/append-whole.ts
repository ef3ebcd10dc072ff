import { fstatSync, ftruncateSync, writeSync } from "node:fs";

/**
 * Appends all of a text to an open file, or nothing: of what a full disk has no room for, the system writes
 * a part.
 */
export function appendWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(descriptor, bytes, written);
    }
  } catch (error) {
    if (written > 0) {
      ftruncateSync(descriptor, fstatSync(descriptor).size - written);
    }
    throw error;
  }
}
