import { decodeS3Path } from "../s3-path";
import type { Call, Target } from "./call";
import { copyConditions, isModified } from "./conditions";
import { requireDecryption } from "./encryption";
import { invalidArgument, preconditionFailed } from "./errors";
import { existingTags } from "./existing-tags";
import { checkExpectedOwner } from "./expected-owner";
import { findObject, readVersionId } from "./find-object";
import type { ReplyHeaders } from "./reply";
import type { Bucket } from "./store/bucket";
import type { StoredObject } from "./store/version";

/** What is copied. */
export interface CopySource {
  bucket: Bucket;
  object: StoredObject;
  target: Target;
  /** Absent when the newest is copied. */
  versionId?: string;
}

/**
 * Finds what `x-amz-copy-source` names, for those who may read it.
 *
 * @throws S3Error `InvalidArgument`, `AccessDenied`, `NoSuchKey`, `PreconditionFailed`, ….
 */
export function readCopySource(call: Call): CopySource {
  const header = call.header("x-amz-copy-source") ?? "";
  const [, source = "", version] = /^(.+?)(?:\?versionId=([^&]*))?$/.exec(header) ?? [];
  const target = readSource(source);
  const versionId = readVersionId(version);
  const { store } = call.environment;
  const bucket = store.bucket(target.bucket);
  checkExpectedOwner(call, "x-amz-source-expected-bucket-owner");
  call.authorize(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", target, {
    context: {
      ...(versionId !== undefined && { "s3:VersionId": versionId }),
      ...existingTags(store, target, versionId),
    },
  });
  const object = findObject(call, target, versionId);
  requireDecryption(call, object.content.encryption, target);
  if (!isModified(call, object, copyConditions)) {
    const byTag = call.header(copyConditions.noneMatch) !== undefined;
    throw preconditionFailed(`x-amz-copy-source-${byTag ? "If-None-Match" : "If-Modified-Since"}`);
  }
  return { bucket, object, target, ...(versionId !== undefined && { versionId }) };
}

/** The version that was copied, which S3 tells where versions have ids. */
export function copiedVersionHeader({ object: { versionId } }: CopySource): ReplyHeaders {
  return { "x-amz-copy-source-version-id": versionId === "null" ? undefined : versionId };
}

/** Percent-encoded, the slash behind the bucket or not. */
function readSource(source: string): Target {
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(source)) ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidArgument(
      "Invalid copy source object key",
      "x-amz-copy-source",
      "x-amz-copy-source",
    );
  }
  return { bucket, key };
}

function decode(source: string): string {
  try {
    return decodeS3Path(source);
  } catch (error) {
    if (error instanceof URIError) {
      throw invalidSource(source);
    }
    throw error;
  }
}

function invalidSource(header: string): Error {
  return invalidArgument(
    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    "x-amz-copy-source",
    header,
  );
}
