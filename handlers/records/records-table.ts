// What the program that creates the records table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** Names of the table's key attributes; all are strings. */
export const recordsTableKeys = {
  /** Partition key of the table. */
  id: "id",
} as const;

/**
 * The attribute that PUT /records/{id} gives every record anew, by which changes at the same time are
 * told. What else is in a record is the client's; who writes to the table by hand need not set it.
 */
export const revisionName = "$revision";
