import { createHash } from "node:crypto";
import type { Account } from "../types";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Five bits a character; bits that are left over are dropped. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join("");
}

/**
 * A unique id as IAM issues it, such as `AROA…`, the same for the same name at every start.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function uniqueId(prefix: "AROA" | "ANPA", account: Account, name: string): string {
  const hash = createHash("sha256").update(`${prefix}/${account.accountId}/${name}`).digest();
  return prefix + base32(hash).slice(0, 17);
}
