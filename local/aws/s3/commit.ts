import type { Call } from "./call";
import { checkWriteConditions } from "./conditions";
import { noSuchBucket } from "./errors";
import type { Bucket } from "./store/bucket";
import type { ObjectContent, ObjectVersion } from "./store/version";

/** The operation that an object was made by, as events name it. */
export type Creation = "Put" | "Post" | "Copy" | "CompleteMultipartUpload";

/**
 * Makes bytes that have arrived a version of the call's key, unless a condition of the call no
 * longer holds.
 *
 * @throws S3Error `PreconditionFailed`, `NoSuchBucket` when the bucket is gone; the bytes are
 * removed then.
 */
export function commitObject(
  call: Call,
  bucket: Bucket,
  creation: Creation,
  content: ObjectContent,
): ObjectVersion {
  try {
    requireStillThere(call, bucket);
    checkWriteConditions(call, bucket.find(call.key));
  } catch (error) {
    bucket.removeBlob(content.blob);
    throw error;
  }
  const version = bucket.add(call.key, content, call.now);
  call.changed(bucket, `ObjectCreated:${creation}`, version);
  return version;
}

/** @throws S3Error `NoSuchBucket` when the bucket was deleted while the body arrived. */
export function requireStillThere(call: Call, bucket: Bucket): void {
  if (call.environment.store.find(bucket.name) !== bucket) {
    throw noSuchBucket(bucket.name);
  }
}
