import type { CallerContext } from "../../handlers/users/caller";
import { userHash } from "../../handlers/users/user-hash";

/** Environment of functions of an API that knows its callers, on top of `settings`. */
export const usersSettings = { CALLERS: "users" };

/** The same, where users may have two images of 300 bytes in all. */
export const limitSettings = {
  ...usersSettings,
  USERS_TABLE: "users-table",
  MAX_IMAGES_PER_USER: "2",
  MAX_BYTES_PER_USER: "300",
};

/** What a function is told of a user, or an admin, whose token is good for an hour. */
export function userContext(
  userId: string,
  kind: "user" | "admin" = "user",
): CallerContext & { principalId: string; integrationLatency: number } {
  return {
    principalId: userHash(userId),
    integrationLatency: 12,
    kind,
    userId: encodeURIComponent(userId),
    expiresAt: String(Math.floor(Date.now() / 1000) + 3600),
  };
}

/** What a function is told of a program that came with a key. */
export const serviceContext = { principalId: "service", integrationLatency: 0, kind: "service" };
