import { ApiError, InvalidRequestError, withPointer } from "../http/errors";
import { userPrefix } from "../images/image-key";
import type { Caller } from "./caller";

/** The user to whom all is confined that the caller may see and change, if there is one. */
export function scopeOf(caller: Caller): string | undefined {
  return caller.kind === "user" ? caller.userId : undefined;
}

/** The caller's own id, if the caller has one. */
export function ownIdOf(caller: Caller): string | undefined {
  return "userId" in caller ? caller.userId : undefined;
}

/**
 * A row of the images table, if it is there for the caller. Rows of every state tell by their key
 * whose they are, those included that hold nothing else of the user.
 *
 * There is as much to do without a row, so that time tells as little as possible.
 */
export function ownRow<Row extends { key: string }>(
  row: Row | undefined,
  caller: Caller,
): Row | undefined {
  const scope = scopeOf(caller);
  const prefix = scope === undefined ? "" : userPrefix(scope);
  return row?.key.startsWith(prefix) ? row : undefined;
}

/** Whether a row of the images table is there for the caller. */
export function isOwn(row: { key: string }, caller: Caller): boolean {
  return ownRow(row, caller) !== undefined;
}

/**
 * Whose an image is to be that a caller uploads.
 *
 * @param given whose the request says that it is, if it does.
 * @param field how the client calls that.
 * @throws ApiError 403 `NotYourUser`.
 * @throws InvalidRequestError when nobody says.
 */
export function resolveUser(caller: Caller, given: string | undefined, field = "userId"): string {
  checkUser(caller, given, field);
  const userId = given ?? ownIdOf(caller);
  if (userId === undefined) {
    throw new InvalidRequestError([{ field, problem: "is required" }]);
  }
  return userId;
}

/**
 * Whose images a caller asks for: those of all users when that is `undefined`.
 *
 * @throws ApiError as `resolveUser` does.
 */
export function resolveList(
  caller: Caller,
  given: string | undefined,
  field = "userId",
): string | undefined {
  checkUser(caller, given, field);
  return given ?? scopeOf(caller);
}

/**
 * Looks whether what a request says of its user is true, if it says anything.
 *
 * @param given what it says.
 * @param field how the client calls that.
 * @throws ApiError 403 `NotYourUser`.
 */
export function checkUser(caller: Caller, given: unknown, field: string): void {
  const scope = scopeOf(caller);
  if (scope !== undefined && given !== undefined && given !== scope) {
    throw notYourUser(field);
  }
}

function notYourUser(field: string): ApiError {
  const problem = "is not the user whom the token names: leave it out";
  return new ApiError(403, "NotYourUser", `${field} ${problem}.`, {
    details: [withPointer({ field, problem })],
  });
}
