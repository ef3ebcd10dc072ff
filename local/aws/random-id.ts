import { randomFillSync } from "node:crypto";

/** Filled at once: most of what a few random bytes cost is the way to the generator. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/**
 * Random bytes as text, for ids of requests and the like, of which every request takes some; secrets are
 * made by `crypto.randomBytes`, which keeps nothing of them.
 *
 * @param count of bytes, at most 4096.
 */
export function randomId(count: number, encoding: "base64" | "hex"): string {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.toString(encoding, used - count, used);
}
