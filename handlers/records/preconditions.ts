import type { APIGatewayProxyEvent } from "aws-lambda";
import { isKnown, isMeant } from "../http/entity-tags";
import { ApiError } from "../http/errors";
import { findHeader } from "../http/request";
import { type FoundRecord, recordEtag } from "./records";

/** On what condition a record is to be shown or changed: headers of these names, if they were sent. */
export interface Preconditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
}

/** The conditions of a request. */
export function readPreconditions(event: APIGatewayProxyEvent): Preconditions {
  return {
    ifMatch: findHeader(event, "if-match"),
    ifNoneMatch: findHeader(event, "if-none-match"),
  };
}

/**
 * Looks whether a record that was read is what a client means to change.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 *
 * @param found `undefined` if there is none.
 * @throws ApiError 412 `PreconditionFailed`.
 */
export function requireMeant(
  found: FoundRecord | undefined,
  { ifMatch, ifNoneMatch }: Preconditions,
): void {
  if (ifMatch === undefined && ifNoneMatch === undefined) {
    return;
  }
  const etag = found && recordEtag(found.fields);
  const isOther = ifMatch !== undefined && (etag === undefined || !isMeant(etag, ifMatch));
  const isThere = ifNoneMatch !== undefined && etag !== undefined && isKnown(etag, ifNoneMatch);
  if (isOther || isThere) {
    throw new ApiError(
      412,
      "PreconditionFailed",
      "The record is not what If-Match or If-None-Match asks for: get it, and decide anew.",
    );
  }
}

/** What a client is told whom others are in the way of, time and again: 409 `RecordBusy`. */
export function recordBusy(): ApiError {
  return new ApiError(
    409,
    "RecordBusy",
    "Others change the record again and again: try again.",
    {},
    { "Retry-After": "1" },
  );
}
