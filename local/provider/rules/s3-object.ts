import {
  anything,
  arn,
  block,
  conflicts,
  flag,
  map,
  nonEmpty,
  oneOf,
  required,
  text,
  timestamp,
  regional,
} from "./rule";
import type { Arguments, Relation, RulesByType } from "./rule";
import { cannedAcls, encryptionAlgorithms, storageClasses } from "./s3-values";

const objectArguments: Arguments = {
  acl: text(oneOf(...cannedAcls, "bucket-owner-read", "bucket-owner-full-control")),
  bucket: required(text(nonEmpty())),
  bucketKeyEnabled: flag(),
  cacheControl: text(),
  content: text(),
  contentBase64: text(),
  contentDisposition: text(),
  contentEncoding: text(),
  contentLanguage: text(),
  contentType: text(),
  etag: text(),
  forceDestroy: flag(),
  key: text(nonEmpty()),
  kmsKeyId: text(arn()),
  metadata: map(),
  objectLockLegalHoldStatus: text(oneOf("ON", "OFF")),
  objectLockMode: text(oneOf("GOVERNANCE", "COMPLIANCE")),
  objectLockRetainUntilDate: text(timestamp()),
  serverSideEncryption: text(oneOf(...encryptionAlgorithms)),
  source: anything(),
  sourceHash: text(),
  storageClass: text(oneOf(...storageClasses)),
  tags: map(),
  websiteRedirect: text(),
};

const objectRelations: readonly Relation[] = [
  conflicts("content", "source", "contentBase64"),
  conflicts("contentBase64", "source"),
  conflicts("etag", "kmsKeyId"),
];

/** What the provider accepts of objects. */
export const s3ObjectRules: RulesByType = {
  "aws:s3/bucketObject:BucketObject": regional(objectArguments, ...objectRelations),
  "aws:s3/bucketObjectv2:BucketObjectv2": regional(
    {
      ...objectArguments,
      checksumAlgorithm: text(
        oneOf(
          "CRC32",
          "CRC32C",
          "CRC64NVME",
          "MD5",
          "SHA1",
          "SHA256",
          "SHA512",
          "XXHASH3",
          "XXHASH64",
          "XXHASH128",
        ),
      ),
      overrideProvider: block({
        defaultTags: block({
          tags: map(),
        }),
      }),
    },
    ...objectRelations,
  ),
};
