import { createHash } from "node:crypto";
import { randomText } from "../../random-text";

const lowerCaseAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
const alphanumeric = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${lowerCaseAlphanumeric}`;

/** A new identifier such as API Gateway gives its resources: `a-z0-9`. */
export function randomId(length = 10): string {
  return randomText(length, lowerCaseAlphanumeric);
}

/** A new API key value: 40 characters `A-Za-z0-9`, as API Gateway generates them. */
export function randomKeyValue(): string {
  return randomText(40, alphanumeric);
}

/** An identifier that is always the same for the same `seed`: `a-z0-9`, at most 32 characters. */
export function derivedId(seed: string, length: number): string {
  const digest = createHash("sha256").update(seed).digest().subarray(0, length);
  return Array.from(digest, (byte) => lowerCaseAlphanumeric.charAt(byte % 36)).join("");
}
