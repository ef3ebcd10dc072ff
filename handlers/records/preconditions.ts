import { type Preconditions, requireChangeable } from "../http/preconditions";
import { type FoundRecord, recordEtag } from "./records";

/**
 * Looks whether a record that was read is what a client means to change or to remove.
 *
 * @param found `undefined` if there is none.
 * @throws ApiError 412 `PreconditionFailed`.
 */
export function requireMeant(found: FoundRecord | undefined, preconditions: Preconditions): void {
  const { ifMatch, ifNoneMatch } = preconditions;
  // The tag is one of all of the record: it takes its time, and is for nothing without a condition.
  if (ifMatch !== undefined || ifNoneMatch !== undefined) {
    requireChangeable(found && recordEtag(found.fields), preconditions, "The record");
  }
}
