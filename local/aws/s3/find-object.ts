import type { Call, Target } from "./call";
import { invalidArgument, methodNotAllowed, noSuchKey, noSuchVersion } from "./errors";
import { httpDate, versionHeader } from "./object-headers";
import type { Bucket } from "./store/bucket";
import { isObject } from "./store/version";
import type { ObjectVersion, StoredObject } from "./store/version";
import { isVersionId } from "./store/version-ids";

/**
 * The version id that a call asks for.
 *
 * @throws S3Error `InvalidArgument` when it can be none.
 */
export function readVersionId(versionId: string | null | undefined): string | undefined {
  if (versionId === null || versionId === undefined) {
    return undefined;
  }
  if (versionId === "") {
    throw invalidArgument("Version id cannot be the empty string", "versionId", "");
  }
  if (versionId !== "null" && !/^[\w.-]{32}$/.test(versionId)) {
    throw invalidArgument("Invalid version id specified", "versionId", versionId);
  }
  return versionId;
}

/**
 * The object that a call reads: the newest version, or the one that it names.
 *
 * @param markersAreNamed whether it is said that there is a delete marker: else there is no such key.
 * Default where a version is named.
 * @throws S3Error `NoSuchKey`, `NoSuchVersion`, `InvalidArgument` or `MethodNotAllowed` (a delete marker); instead of
 * the first three `AccessDenied` to those who may not list the bucket.
 */
export function findObject(
  call: Call,
  target: Target,
  versionId: string | undefined,
  markersAreNamed = versionId !== undefined,
): StoredObject {
  const bucket = call.environment.store.bucket(target.bucket);
  const version = bucket.find(target.key, versionId);
  if (version && isObject(version)) {
    return version;
  }
  call.authorize(
    "s3:ListBucket",
    { bucket: target.bucket, key: "" },
    { occasion: `there is no object ${target.key}` },
  );
  if (version) {
    throw isDeleted(call, version, markersAreNamed);
  }
  requireKnownVersion(bucket, target.key, versionId);
  throw versionId === undefined ? noSuchKey(target.key) : noSuchVersion(target.key, versionId);
}

/** The object that the target and the query of `call` name. */
export function requestedObject(call: Call, markersAreNamed?: true): StoredObject {
  const versionId = readVersionId(call.query.get("versionId"));
  return findObject(call, call.request, versionId, markersAreNamed);
}

/** Whether there is such a version or can have been: where versioning was never on, there is none but `null`. */
export function hasVersion(bucket: Bucket, key: string, versionId: string): boolean {
  const tracked = bucket.configuration.versioning !== undefined;
  const canHaveBeen = versionId === "null" || (tracked && isVersionId(versionId));
  return canHaveBeen || bucket.find(key, versionId) !== undefined;
}

/** @throws S3Error `InvalidArgument`. */
export function requireKnownVersion(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): void {
  if (versionId !== undefined && !hasVersion(bucket, key, versionId)) {
    throw invalidArgument("Invalid version id specified", "versionId", versionId);
  }
}

function isDeleted(call: Call, marker: ObjectVersion, named: boolean): Error {
  const headers = { "x-amz-delete-marker": "true", ...versionHeader(call.bucket, marker) };
  return named
    ? methodNotAllowed(call.request.method, "DeleteMarker", {
        ...headers,
        allow: "DELETE",
        "last-modified": httpDate(marker),
      })
    : noSuchKey(marker.key, headers);
}
