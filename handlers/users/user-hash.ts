import { createHash } from "node:crypto";

/**
 * Stands for a user in keys and logs: 32 hex digits. A hash cannot leave its prefix, whatever
 * characters an id has, and says nothing of a person.
 */
export function userHash(userId: string): string {
  return createHash("sha256").update(userId).digest("hex").slice(0, 32);
}
