import { accessDenied, S3Error } from "./errors";
import { isLocked } from "./object-lock";
import type { Bucket } from "./store/bucket";
import { isObject } from "./store/version";
import type { ObjectVersion } from "./store/version";

/**
 * Passes when a bucket may be deleted.
 *
 * @param force as with all that is in it: its owner may lift legal holds and bypass governance.
 * @throws S3Error `BucketNotEmpty`, `AccessDenied`.
 */
export function requireDeletable(
  bucket: Bucket,
  force: boolean,
  now: Date,
  goneBefore: ReadonlySet<string> = new Set(),
): void {
  const versions = bucket.versions().filter(({ key }) => !goneBefore.has(key));
  if (!force && versions.length > 0) {
    throw bucketNotEmpty(bucket);
  }
  for (const version of versions) {
    requireUnlocked(version, force, now);
  }
}

/** @throws S3Error `AccessDenied`. */
export function requireUnlocked(version: ObjectVersion, force: boolean, now: Date): void {
  if (!isObject(version)) {
    return;
  }
  const { content } = version;
  const canBeFreed = force && content.retention?.mode !== "COMPLIANCE";
  if (!canBeFreed && isLocked(force ? { ...content, legalHold: false } : content, now)) {
    throw accessDenied("Access Denied because object protected by object lock.");
  }
}

export function bucketNotEmpty({ name, configuration }: Bucket): S3Error {
  const tracked = configuration.versioning !== undefined;
  const message = tracked
    ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
    : "The bucket you tried to delete is not empty";
  return new S3Error("BucketNotEmpty", message, 409, { BucketName: name });
}
