import { createHash, timingSafeEqual } from "node:crypto";
import { ApiError } from "../http/errors";

/** The header by which the distribution shows that a request comes from it. */
export const originSecretHeader = "x-origin-secret";

/** What functions know of a secret: its SHA-256 in hexadecimal digits. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/**
 * Makes what checks secrets: functions know their hashes alone, several while a new one is rolled out.
 *
 * @param hashes as `secretHash` makes them, with commas between them.
 * @returns throws ApiError 403 `Forbidden` for what is none of the secrets.
 * @throws Error when one is no such hash.
 */
export function createSecretCheck(hashes: string): (secret: string) => void {
  const known = hashes.split(",").map((hash) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) {
      throw new Error("The hashes of origin secrets are not all of 64 hexadecimal digits.");
    }
    return Buffer.from(hash, "hex");
  });
  return (secret) => {
    const given = Buffer.from(secretHash(secret), "hex");
    if (!known.some((hash) => timingSafeEqual(hash, given))) {
      throw new ApiError(
        403,
        "Forbidden",
        "Renditions are served by the distribution alone: ask for the URL that GET /images/{id}/url gives.",
      );
    }
  };
}
