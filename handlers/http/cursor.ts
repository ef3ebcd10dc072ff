import { createHash } from "node:crypto";
import { validate as isUuid } from "uuid";
import { ApiError } from "./errors";
import { parseJson } from "./json";

const digestBytes = 16;

/** Which list a cursor belongs to. */
export interface List {
  /** Whose images or results; those of all users when left out. */
  userId?: string | undefined;
  /** Only images with this tag, `key:value`. */
  tag?: string | undefined;
  /** Results of the record with this id, and no images. */
  recordId?: string | undefined;
}

/** Where a list that is sorted by time goes on: after what has these. */
export interface Position {
  /** ISO 8601, UTC, milliseconds. */
  timestamp: string;
  /** UUID. */
  id: string;
}

/**
 * Turns a position in a list into an opaque text: the base64url text of a digest and the position. The
 * digest covers the list too, so that a cursor is told from one of another list, and from one that was
 * changed or cut off on the way.
 *
 * It is no signature, and need be none: whoever makes up a cursor gets a page of the list that they ask
 * for, which is theirs to see, from another place on.
 */
export function encodeCursor(list: List, { timestamp, id }: Position): string {
  const payload = JSON.stringify([timestamp, id]);
  return Buffer.concat([digestOf(list, payload), Buffer.from(payload)]).toString("base64url");
}

/**
 * The position that a cursor stands for.
 *
 * @throws ApiError 400 `InvalidCursor` for any text but one that `encodeCursor` makes for this list.
 */
export function decodeCursor(list: List, cursor: string): Position {
  const payload = Buffer.from(cursor, "base64url").subarray(digestBytes).toString();
  const position = positionOf(payload);
  if (position === undefined || encodeCursor(list, position) !== cursor) {
    throw invalidCursor();
  }
  return position;
}

/** What an image or a result can have: a time as it is stored, and an id. */
function positionOf(payload: string): Position | undefined {
  const values: unknown = parseJson(payload);
  const [timestamp, id] = Array.isArray(values) ? (values as unknown[]) : [];
  return isTime(timestamp) && isUuid(id) ? { timestamp, id: String(id) } : undefined;
}

/** As `toISOString` writes it, with milliseconds. */
function isTime(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** No user id and no tag is `null`, so that no list can be mistaken for another. */
function digestOf({ userId, tag, recordId }: List, payload: string): Buffer {
  const ofResults = recordId === undefined ? [] : [recordId];
  const text = JSON.stringify([userId ?? null, tag ?? null, payload, ...ofResults]);
  return createHash("sha256").update(text).digest().subarray(0, digestBytes);
}

function invalidCursor(): ApiError {
  return new ApiError(
    400,
    "InvalidCursor",
    "The cursor is not one that this list returned: pass nextCursor as it was given.",
  );
}
