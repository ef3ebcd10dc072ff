import type { APIGatewayProxyEvent } from "aws-lambda";
import { isKnown, isMeant } from "./entity-tags";
import { ApiError } from "./errors";
import { findHeader } from "./request";

/** On what condition something is to be shown or changed: headers of these names, if they were sent. */
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
 * Requires of what is to be shown that it is what its client means; `isUnchanged` tells then whether
 * it has to be shown at all.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 *
 * @param etag strong, with its quotes; "" where it has none, `undefined` where there is nothing.
 * @param what it is, as the begin of a sentence.
 * @throws ApiError 412 `PreconditionFailed`.
 */
export function requireMatch(
  etag: string | undefined,
  { ifMatch }: Preconditions,
  what: string,
): void {
  if (ifMatch !== undefined && (etag === undefined || !isMeant(etag, ifMatch))) {
    throw preconditionFailed(what, "If-Match");
  }
}

/** Whether the client has what bears `etag`, a strong tag with its quotes. */
export function isUnchanged(etag: string, { ifNoneMatch }: Preconditions): boolean {
  return ifNoneMatch !== undefined && isKnown(etag, ifNoneMatch);
}

/**
 * Requires of what is to be changed that it is what its client means, and nothing that the client
 * means to leave alone.
 *
 * @throws ApiError as `requireMatch`, which has the parameters.
 */
export function requireChangeable(
  etag: string | undefined,
  preconditions: Preconditions,
  what: string,
): void {
  requireMatch(etag, preconditions, what);
  if (etag !== undefined && isUnchanged(etag, preconditions)) {
    throw preconditionFailed(what, "If-None-Match");
  }
}

function preconditionFailed(what: string, header: string): ApiError {
  return new ApiError(
    412,
    "PreconditionFailed",
    `${what} is not what ${header} asks for: get it, and decide anew.`,
  );
}
