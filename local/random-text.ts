import { randomInt } from "node:crypto";

/** Characters of `alphabet`, each drawn by chance. */
export function randomText(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}
