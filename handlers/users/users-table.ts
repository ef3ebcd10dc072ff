// What the program that creates the users table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** Names of the table's key attributes; all are strings. */
export const usersTableKeys = {
  /** Partition key of the table. */
  userId: "userId",
} as const;

/**
 * What a user has: all images that are ready and whose rows say `countedIn` this table. There is no item of a
 * user who has never had any.
 */
export interface UserItem {
  userId: string;
  /** How many images. */
  images: number;
  /** The sum of their sizes. */
  bytes: number;
}
