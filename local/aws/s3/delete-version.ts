import type { Call } from "./call";
import { checkRemovable } from "./object-lock";
import type { Bucket } from "./store/bucket";
import { isObject } from "./store/version";

/** What came of a deletion. */
export interface Deletion {
  /** A delete marker was made, or removed. */
  deleteMarker: boolean;
  /** Of what was made or removed; absent where versioning was never on. */
  versionId?: string;
}

/**
 * Deletes an object: puts a delete marker on it where versioning is or was on. With a version id it
 * removes that version for good. What does not exist counts as deleted.
 *
 * @throws S3Error `AccessDenied` when the version is locked.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
 */
export function deleteVersion(
  call: Call,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Deletion {
  const tracked = bucket.configuration.versioning !== undefined;
  if (versionId === undefined && tracked) {
    const marker = bucket.add(key, { kind: "delete-marker" }, call.now);
    call.changed(bucket, "ObjectRemoved:DeleteMarkerCreated", marker);
    return { deleteMarker: true, versionId: marker.versionId };
  }
  const version = bucket.find(key, versionId);
  if (version) {
    if (isObject(version)) {
      checkRemovable(call, key, version.content);
    }
    bucket.remove(version);
    call.changed(bucket, "ObjectRemoved:Delete", version);
  }
  return {
    deleteMarker: version !== undefined && !isObject(version),
    ...(versionId !== undefined && { versionId }),
  };
}
