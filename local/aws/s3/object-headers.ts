import { checksumHeader } from "./body/checksums";
import type { Checksum } from "./body/checksums";
import { expirationHeader } from "./lifecycle/expiration-header";
import type { ReplyHeaders } from "./reply";
import type { Bucket } from "./store/bucket";
import type { ObjectContent, ObjectEncryption, ObjectVersion, StoredObject } from "./store/version";

/** The version's id, which S3 only tells where versioning was ever turned on. */
export function versionHeader(bucket: Bucket, version: ObjectVersion): ReplyHeaders {
  const told = bucket.configuration.versioning !== undefined;
  return { "x-amz-version-id": told ? version.versionId : undefined };
}

/** Of a version that was just written: its id, which S3 does not tell where versioning is suspended, and when it expires. */
export function writtenHeaders(bucket: Bucket, version: ObjectVersion): ReplyHeaders {
  const { versioning } = bucket.configuration;
  return {
    ...(versioning === "Enabled" && versionHeader(bucket, version)),
    ...expirationHeader(bucket, version),
  };
}

export function encryptionHeaders(encryption: ObjectEncryption): ReplyHeaders {
  return {
    "x-amz-server-side-encryption": encryption.algorithm,
    "x-amz-server-side-encryption-aws-kms-key-id": encryption.kmsKeyId,
    "x-amz-server-side-encryption-bucket-key-enabled": encryption.bucketKeyEnabled
      ? "true"
      : undefined,
  };
}

export function checksumHeaders(checksum: Checksum): ReplyHeaders {
  return {
    [checksumHeader(checksum.algorithm)]: checksum.value,
    "x-amz-checksum-type": checksum.type,
  };
}

/** What GET and HEAD tell about an object, but for its length and its checksum. */
export function objectHeaders(bucket: Bucket, object: StoredObject): ReplyHeaders {
  const { content } = object;
  const tagCount = Object.keys(content.tags).length;
  return {
    ...content.headers,
    ...Object.fromEntries(
      Object.entries(content.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
    etag: quoted(content.etag),
    "last-modified": httpDate(object),
    ...versionHeader(bucket, object),
    ...expirationHeader(bucket, object),
    ...encryptionHeaders(content.encryption),
    "accept-ranges": "bytes",
    "x-amz-storage-class": content.storageClass === "STANDARD" ? undefined : content.storageClass,
    "x-amz-tagging-count": tagCount > 0 ? String(tagCount) : undefined,
    "x-amz-object-lock-mode": content.retention?.mode,
    "x-amz-object-lock-retain-until-date": content.retention?.retainUntil,
    "x-amz-object-lock-legal-hold": legalHoldStatus(bucket, content),
  };
}

/** As S3 tells it, where it was ever set: never in a bucket without Object Lock, whatever old records say. */
export function legalHoldStatus(
  { configuration }: Bucket,
  { legalHold }: ObjectContent,
): "ON" | "OFF" | undefined {
  if (!configuration.objectLock || legalHold === undefined) {
    return undefined;
  }
  return legalHold ? "ON" : "OFF";
}

export function httpDate(version: ObjectVersion): string {
  return new Date(version.lastModified).toUTCString();
}

/** An entity tag as HTTP and S3's documents write it. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}
