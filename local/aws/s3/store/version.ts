import type { Checksum } from "../body/checksums";

/** S3 user metadata and system headers, checksums, tags and locks of one version of an object. */
export interface ObjectVersion {
  key: string;
  /** `null` for versions written while versioning was off or suspended. */
  versionId: string;
  /** Grows with every write to the bucket: tells which version is newer. */
  sequence: number;
  /** ISO 8601, whole seconds, as HTTP dates are. */
  lastModified: string;
  content: ObjectContent | DeleteMarker;
}

/** What a version is when it is no object. */
export interface DeleteMarker {
  kind: "delete-marker";
}

/** What a version is when it is an object. */
export interface ObjectContent extends ObjectAttributes {
  kind: "object";
  /** Name of the file that holds the bytes. */
  blob: string;
  /** In bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  checksum: Checksum;
  /** Sizes in bytes of the parts of a multipart upload. */
  partSizes?: readonly number[];
  /** Of those parts, in base64, where whoever uploaded them asked for checksums. */
  partChecksums?: readonly string[];
  /** Of the multipart upload that it was completed from. */
  uploadId?: string;
}

/** What the writer of an object says about it. */
export interface ObjectAttributes {
  /** Such as `content-type` and `cache-control`, by lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** By name without `x-amz-meta-`. */
  metadata: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  storageClass: string;
  encryption: ObjectEncryption;
  retention?: Retention;
  /** Absent where it was never set. */
  legalHold?: boolean;
}

/** How an object would be encrypted at rest. The local files are not. */
export interface ObjectEncryption {
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  algorithm: string;
  kmsKeyId?: string;
  /** Whether KMS is asked once per bucket, not once per object. */
  bucketKeyEnabled: boolean;
}

export interface Retention {
  mode: "GOVERNANCE" | "COMPLIANCE";
  /** ISO 8601. */
  retainUntil: string;
}

/** A version that is an object. */
export type StoredObject = ObjectVersion & { content: ObjectContent };

export function isObject(version: ObjectVersion): version is StoredObject {
  return version.content.kind === "object";
}
