import { createHash } from "node:crypto";

/** A UUID that is always the same for the same `seed`. */
export function derivedUuid(seed: string): string {
  return uuidOf(createHash("sha256").update(seed).digest("hex"));
}

/** @param digits 32 hex digits; more are left out. */
export function uuidOf(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
