import { bothSpellings } from "../http/spelling";
import type { Caller } from "../users/caller";
import { checkUser, scopeOf } from "../users/ownership";
import type { Fields } from "./document";

/**
 * Looks whether what a caller sends names nobody else: whoever reads it may go by the user whom it names,
 * in whichever spelling.
 *
 * @throws ApiError 403 `NotYourUser`.
 */
export function checkOwner(caller: Caller, fields: Fields): void {
  for (const field of bothSpellings(["userId"])) {
    if (Object.hasOwn(fields, field)) {
      checkUser(caller, fields[field], field);
    }
  }
}

/** Whether a record is there for a caller: for a user, if its attribute `userId` is theirs. */
export function isOwnRecord(fields: Fields, caller: Caller): boolean {
  const scope = scopeOf(caller);
  return scope === undefined || fields.userId === scope;
}
