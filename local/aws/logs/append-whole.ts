import { appendFileSync, fstatSync, ftruncateSync } from "node:fs";

/**
 * Appends all of a text to an open file, or nothing: of what a full disk has no room for, the system writes
 * a part.
 */
export function appendWhole(descriptor: number, text: string): void {
  const { size } = fstatSync(descriptor);
  try {
    appendFileSync(descriptor, text);
  } catch (error) {
    if (fstatSync(descriptor).size > size) {
      ftruncateSync(descriptor, size);
    }
    throw error;
  }
}
