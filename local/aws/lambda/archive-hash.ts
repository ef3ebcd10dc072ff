import { createHash } from "node:crypto";

const known = new WeakMap<Uint8Array, Buffer>();

/**
 * The SHA-256 of a function's archive, which nobody changes once it is packed: a start asks for that of
 * each several times, and of those with native code it takes longer than all else of a function.
 */
export function archiveHash(zip: Uint8Array, encoding: "base64" | "hex"): string {
  const hash = known.get(zip) ?? createHash("sha256").update(zip).digest();
  known.set(zip, hash);
  return hash.toString(encoding);
}
