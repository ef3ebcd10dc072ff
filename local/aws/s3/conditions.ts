import type { Call } from "./call";
import { noSuchKey, notImplemented, preconditionFailed } from "./errors";
import { isObject } from "./store/version";
import type { ObjectVersion, StoredObject } from "./store/version";

/** Header names of the conditions on an object that is read. */
export interface ConditionNames {
  match: string;
  noneMatch: string;
  modifiedSince: string;
  unmodifiedSince: string;
}

export const readConditions: ConditionNames = {
  match: "if-match",
  noneMatch: "if-none-match",
  modifiedSince: "if-modified-since",
  unmodifiedSince: "if-unmodified-since",
};

/** Conditions on the source of a copy. */
export const copyConditions: ConditionNames = {
  match: "x-amz-copy-source-if-match",
  noneMatch: "x-amz-copy-source-if-none-match",
  modifiedSince: "x-amz-copy-source-if-modified-since",
  unmodifiedSince: "x-amz-copy-source-if-unmodified-since",
};

/**
 * Evaluates conditional headers in the order of RFC 9110, section 13.2.2.
 *
 * @returns false when the client's copy is still good.
 * @throws S3Error `PreconditionFailed`.
 */
export function isModified(call: Call, object: StoredObject, names: ConditionNames): boolean {
  const { etag } = object.content;
  const changed = Date.parse(object.lastModified);
  const match = call.header(names.match);
  const unmodifiedSince = Date.parse(call.header(names.unmodifiedSince) ?? "");
  if (match !== undefined) {
    if (!matches(match, etag)) {
      throw preconditionFailed("If-Match");
    }
  } else if (changed > unmodifiedSince) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  const noneMatch = call.header(names.noneMatch);
  const modifiedSince = Date.parse(call.header(names.modifiedSince) ?? "");
  return noneMatch === undefined ? !(changed <= modifiedSince) : !matches(noneMatch, etag);
}

/**
 * Checks the conditions of a write or a delete.
 *
 * @param current the newest version, if any.
 * @throws S3Error `PreconditionFailed`, or `NoSuchKey` when there is nothing to match.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export function checkWriteConditions(call: Call, current: ObjectVersion | undefined): void {
  const etag = current && isObject(current) ? current.content.etag : undefined;
  const noneMatch = call.header("if-none-match");
  if (noneMatch !== undefined && noneMatch !== "*") {
    throw notImplemented("If-None-Match with an entity tag");
  }
  if (noneMatch === "*" && etag !== undefined) {
    throw preconditionFailed("If-None-Match");
  }
  const match = call.header("if-match");
  if (match === undefined) {
    return;
  }
  if (etag === undefined) {
    throw noSuchKey(call.key);
  }
  if (!matches(match, etag)) {
    throw preconditionFailed("If-Match");
  }
}

function matches(condition: string, etag: string): boolean {
  return condition
    .split(",")
    .map((each) => each.trim().replace(/^W\//, "").replaceAll('"', ""))
    .some((each) => each === "*" || each === etag);
}
