import { createHash } from "node:crypto";

/** A UUID that is always the same for the same `seed`. */
export function derivedUuid(seed: string): string {
  const hash = createHash("sha256").update(seed).digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
