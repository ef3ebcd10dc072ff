import type { Call, Target } from "./call";
import {
  conditionalRequestConflict,
  conditionNotImplemented,
  noSuchKey,
  preconditionFailed,
} from "./errors";
import type { Upload } from "./store/uploads";
import { isObject } from "./store/version";
import type { ObjectVersion, StoredObject } from "./store/version";

/** Header names of the conditions on an object that is read. */
export interface ConditionNames {
  /** What errors put before the name of a condition. */
  prefix: "" | "x-amz-copy-source-";
  match: string;
  noneMatch: string;
  modifiedSince: string;
  unmodifiedSince: string;
}

export const readConditions: ConditionNames = {
  prefix: "",
  match: "if-match",
  noneMatch: "if-none-match",
  modifiedSince: "if-modified-since",
  unmodifiedSince: "if-unmodified-since",
};

/** Conditions on the source of a copy. */
export const copyConditions: ConditionNames = {
  prefix: "x-amz-copy-source-",
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
      throw preconditionFailed(`${names.prefix}If-Match`);
    }
  } else if (changed > unmodifiedSince) {
    throw preconditionFailed(`${names.prefix}If-Unmodified-Since`);
  }
  const noneMatch = call.header(names.noneMatch);
  if (noneMatch !== undefined) {
    return !matches(noneMatch, etag);
  }
  const modifiedSince = Date.parse(call.header(names.modifiedSince) ?? "");
  // A time that is still to come is no valid condition, and counts for nothing.
  return !(changed <= modifiedSince && modifiedSince <= call.now.getTime());
}

/**
 * Checks the conditions of a write.
 *
 * @param current the newest version, if any.
 * @throws S3Error `PreconditionFailed`, `NoSuchKey` when there is nothing to match, or
 * `NotImplemented` for what S3 does not take here either: an `If-Match` of `*`, an `If-None-Match` of
 * anything else, and both at once.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
export function checkWriteConditions(call: Call, current: ObjectVersion | undefined): void {
  const etag = current && isObject(current) ? current.content.etag : undefined;
  const [match, noneMatch] = [call.header("if-match"), call.header("if-none-match")];
  requireTaken(match, noneMatch);
  if (noneMatch !== undefined && etag !== undefined) {
    throw preconditionFailed("If-None-Match");
  }
  if (match !== undefined) {
    checkMatch(match, etag, call.key);
  }
}

function requireTaken(match: string | undefined, noneMatch: string | undefined): void {
  if (match !== undefined && noneMatch !== undefined) {
    throw conditionNotImplemented(
      "If-Match,If-None-Match",
      "Multiple conditional request headers present in the request",
    );
  }
  const isTaken = match !== "*" && (noneMatch ?? "*") === "*";
  if (!isTaken) {
    const name = match === undefined ? "If-None-Match" : "If-Match";
    throw conditionNotImplemented(
      name,
      `We don't accept the provided value of ${name} header for this API`,
    );
  }
}

/**
 * Checks the condition of a delete, which tells about the object to those alone who may read it.
 *
 * @param match an entity tag, or `*`.
 * @throws S3Error `AccessDenied`, `PreconditionFailed`, or `NoSuchKey` when there is nothing to match.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function checkDeleteCondition(
  call: Call,
  target: Target,
  match: string,
  versionId: string | undefined,
): void {
  if (match !== "*") {
    const occasion = `${target.key} is deleted by its entity tag`;
    const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
    call.authorize(action, { bucket: target.bucket, key: target.key }, { occasion });
  }
  const current = call.bucket.find(target.key, versionId);
  checkMatch(match, current && isObject(current) ? current.content.etag : undefined, target.key);
}

function checkMatch(match: string, etag: string | undefined, key: string): void {
  if (etag === undefined) {
    throw noSuchKey(key);
  }
  if (!matches(match, etag)) {
    throw preconditionFailed("If-Match");
  }
}

/**
 * Checks that the object that a condition is about was neither written nor deleted since the upload began, not even to
 * be what it had been.
 *
 * @throws S3Error `ConditionalRequestConflict`.
 */
export function checkNoConflict(call: Call, { overtaken }: Upload): void {
  if (!overtaken) {
    return;
  }
  for (const condition of ["If-Match", "If-None-Match"]) {
    if (call.header(condition.toLowerCase()) !== undefined) {
      throw conditionalRequestConflict(condition, call.key);
    }
  }
}

function matches(condition: string, etag: string): boolean {
  return condition
    .split(",")
    .map((each) => each.trim().replace(/^W\//, "").replaceAll('"', ""))
    .some((each) => each === "*" || each === etag);
}
