import { timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing about where the texts differ. */
export function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether `given` is the hex signature `expected`. */
export function sameSignature(given: string, expected: string): boolean {
  return /^[0-9a-f]{64}$/.test(given) && sameText(given, expected);
}
