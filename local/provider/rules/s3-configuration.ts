import {
  accountId,
  conflicts,
  atLeast,
  block,
  flag,
  integer,
  json,
  length,
  list,
  map,
  matches,
  nonEmpty,
  oneOf,
  required,
  text,
  timestamp,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";
import { encryptionAlgorithms, transitionClasses } from "./s3-values";

/** As Go writes it. */
const duration = matches(
  /^[-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|[µμ]s|ms|s|m|h))+)$/,
  'be a length of time, such as "90s" or "1h30m"',
);

/** What the provider accepts of a bucket's configuration, which is made of resources of their own. */
export const s3ConfigurationRules: RulesByType = {
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": regional({
    bucket: required(text(length(1, 63))),
    corsRules: required(
      list(
        block({
          allowedHeaders: list(text()),
          allowedMethods: required(list(text())),
          allowedOrigins: required(list(text())),
          exposeHeaders: list(text()),
          id: text(length(0, 255)),
          maxAgeSeconds: integer(),
        }),
        { min: 1, max: 100 },
      ),
    ),
    expectedBucketOwner: text(accountId()),
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": regional({
    bucket: required(text(length(1, 63))),
    expectedBucketOwner: text(accountId()),
    rules: list(
      block({
        abortIncompleteMultipartUpload: block({
          daysAfterInitiation: integer(),
        }),
        expiration: block({
          date: text(timestamp()),
          days: integer(),
          expiredObjectDeleteMarker: flag(),
        }),
        filter: block({
          and: block({
            objectSizeGreaterThan: integer(atLeast(0)),
            objectSizeLessThan: integer(atLeast(1)),
            prefix: text(),
            tags: map(),
          }),
          objectSizeGreaterThan: integer(),
          objectSizeLessThan: integer(),
          prefix: text(),
          tag: block({
            key: required(text()),
            value: required(text()),
          }),
        }),
        id: required(text(length(1, 255))),
        noncurrentVersionExpiration: block({
          newerNoncurrentVersions: integer(atLeast(1)),
          noncurrentDays: required(integer(atLeast(1))),
        }),
        noncurrentVersionTransitions: list(
          block({
            newerNoncurrentVersions: integer(atLeast(1)),
            noncurrentDays: required(integer(atLeast(0))),
            storageClass: required(text(oneOf(...transitionClasses, ""))),
          }),
        ),
        prefix: text(),
        status: required(text(oneOf("Disabled", "Enabled"))),
        transitions: list(
          block({
            date: text(timestamp()),
            days: integer(atLeast(0)),
            storageClass: required(text(oneOf(...transitionClasses, ""))),
          }),
        ),
      }),
    ),
    timeouts: block({
      create: text(duration),
      update: text(duration),
    }),
    transitionDefaultMinimumObjectSize: text(
      oneOf("varies_by_storage_class", "all_storage_classes_128K", ""),
    ),
  }),
  "aws:s3/bucketNotification:BucketNotification": regional({
    bucket: required(text()),
    eventbridge: flag(),
    lambdaFunctions: list(
      block({
        events: required(list(text())),
        filterPrefix: text(),
        filterSuffix: text(),
        id: text(),
        lambdaFunctionArn: text(),
      }),
    ),
    queues: list(
      block({
        events: required(list(text())),
        filterPrefix: text(),
        filterSuffix: text(),
        id: text(),
        queueArn: required(text()),
      }),
    ),
    topics: list(
      block({
        events: required(list(text())),
        filterPrefix: text(),
        filterSuffix: text(),
        id: text(),
        topicArn: required(text()),
      }),
    ),
  }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": regional({
    bucket: required(text(length(1, 63))),
    expectedBucketOwner: text(accountId()),
    objectLockEnabled: text(oneOf("Enabled")),
    rule: block({
      defaultRetention: required(
        block(
          {
            days: integer(),
            mode: text(oneOf("GOVERNANCE", "COMPLIANCE")),
            years: integer(),
          },
          conflicts("days", "years"),
        ),
      ),
    }),
    token: text(),
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": regional({
    bucket: required(text(nonEmpty())),
    rule: required(
      block({
        objectOwnership: required(
          text(oneOf("BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced")),
        ),
      }),
    ),
  }),
  "aws:s3/bucketPolicy:BucketPolicy": regional({
    bucket: required(text()),
    policy: required(text(json())),
  }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": regional({
    blockPublicAcls: flag(),
    blockPublicPolicy: flag(),
    bucket: required(text()),
    ignorePublicAcls: flag(),
    restrictPublicBuckets: flag(),
    skipDestroy: flag(),
  }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    regional({
      bucket: required(text(length(1, 63))),
      expectedBucketOwner: text(accountId()),
      rules: required(
        list(
          block({
            applyServerSideEncryptionByDefault: block({
              kmsMasterKeyId: text(),
              sseAlgorithm: required(text(oneOf(...encryptionAlgorithms))),
            }),
            blockedEncryptionTypes: list(text(oneOf("NONE", "SSE-C"))),
            bucketKeyEnabled: flag(),
          }),
          { min: 1 },
        ),
      ),
    }),
  "aws:s3/bucketVersioning:BucketVersioning": regional({
    bucket: required(text(length(1, 63))),
    expectedBucketOwner: text(accountId()),
    mfa: text(),
    versioningConfiguration: required(
      block({
        mfaDelete: text(oneOf("Enabled", "Disabled")),
        status: required(text(oneOf("Enabled", "Suspended", "Disabled"))),
      }),
    ),
  }),
};
