import { createHash, timingSafeEqual } from "node:crypto";
import { ApiError } from "./errors";

/** The header by which the distribution shows that a request comes from it. */
export const originSecretHeader = "x-origin-secret";

/**
 * Makes what checks secrets: functions know their hashes alone, several while a new one is rolled out.
 *
 * @param hashes SHA-256 in hexadecimal digits, with commas between them.
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
    const given = createHash("sha256").update(secret).digest();
    if (!known.some((hash) => timingSafeEqual(hash, given))) {
      throw new ApiError(
        403,
        "Forbidden",
        "Renditions are served by the distribution alone: ask for the URL that GET /images/{id}/url gives.",
      );
    }
  };
}
