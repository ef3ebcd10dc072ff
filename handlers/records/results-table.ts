import { createHash } from "node:crypto";

// What the program that creates the results table and the functions that use it agree on. Imports no
// SDK, since the program loads it too.

/** The sparse index that answers "the results of one user for one record's id, newest first". */
export const userResultsIndex = "UserResultsIndex";

/** Names of the table's key attributes; all are strings. */
export const resultsTableKeys = {
  /** Partition key of the table: of the record, as it was posted. */
  id: "id",
  /** Sort key of the table and of `UserResultsIndex`. See `positionOf`. */
  position: "position",
  /** Partition key of `UserResultsIndex`. See `userRecordHash`. */
  userRecord: "userRecord",
} as const;

/** What there is to know of a result of POST /process beside its JSON. It never changes. */
export interface ResultDescription {
  /** UUID, version 7. */
  resultId: string;
  /** Of the record. */
  id: string;
  /** Of the object in the results bucket, and its path in the CDN. */
  s3Key: string;
  /** Whose it is; left out if nobody's in particular. */
  userId?: string;
  /** When it was processed, as the result says, too: ISO 8601, UTC, milliseconds. */
  timestamp: string;
  /** Of its JSON text in UTF-8. */
  bytes: number;
}

/** An item of the table. */
export interface ResultItem extends ResultDescription {
  position: string;
  /** Set if it is a user's. */
  userRecord?: string;
}

/** The item of a result: equal results have equal items, however often they are written. */
export function resultItem(result: ResultDescription): ResultItem {
  const { id, userId } = result;
  return {
    ...result,
    position: positionOf(result),
    ...(userId !== undefined && { userRecord: userRecordHash(userId, id) }),
  };
}

/** Sorts by time, and tells apart what was processed within the same millisecond. */
export function positionOf({
  timestamp,
  resultId,
}: Pick<ResultDescription, "timestamp" | "resultId">): string {
  return `${timestamp}#${resultId}`;
}

/** Stands for a user and a record's id, which together may be longer than DynamoDB takes as a key. */
export function userRecordHash(userId: string, id: string): string {
  return createHash("sha256")
    .update(JSON.stringify([userId, id]))
    .digest("hex");
}
