import type { UserSettings } from "../config/user-config";
import { type Duty, duty, type NamedResource } from "../functions/duty";
import { countImagesStatements, readCountsStatements } from "../policies/user-statements";

/** What functions have to do besides where users are known; nothing where they are not. */
export interface UserDuties {
  /** Of what publishes images: to count them, and to go by the limits. */
  publish: Duty;
  /** Of what withdraws images: to count them no more. */
  withdraw: Duty;
  /** Of what looks beforehand whether an image is likely to be taken. */
  check: Duty;
  /** Of what tells users how much they have, and may have. */
  tell: Duty;
}

const nothing: Duty = { environment: {}, statements: [] };

/**
 * The duties of functions that count the images of users.
 *
 * @param usersTable where they are counted.
 * @param users who they are; `undefined` where they are not known.
 * @throws Error when they are known, and counted nowhere.
 */
export function userDuties(
  usersTable: NamedResource | undefined,
  users: UserSettings | undefined,
): UserDuties {
  if (!users) {
    return { publish: nothing, withdraw: nothing, check: nothing, tell: nothing };
  }
  if (!usersTable) {
    throw new Error("Where users are known, there has to be a table that counts their images.");
  }
  const { maxImages, maxBytes } = users;
  const limits = {
    MAX_IMAGES_PER_USER: String(maxImages),
    MAX_BYTES_PER_USER: String(maxBytes),
  };
  const tell = duty({ usersTable }, readCountsStatements, limits);
  return {
    publish: duty({ usersTable }, countImagesStatements, limits),
    withdraw: duty({ usersTable }, countImagesStatements),
    check: maxImages > 0 || maxBytes > 0 ? tell : nothing,
    tell,
  };
}
