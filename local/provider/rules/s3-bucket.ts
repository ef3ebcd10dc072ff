import {
  accountId,
  arn,
  atLeast,
  between,
  block,
  conflicts,
  exactlyOneOf,
  flag,
  integer,
  json,
  length,
  list,
  matches,
  map,
  oneOf,
  required,
  text,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";
import { cannedAcls, encryptionAlgorithms, storageClasses, transitionClasses } from "./s3-values";

/** What the provider accepts of a bucket, with the inputs that resources of their own have replaced. */
export const s3BucketRules: RulesByType = {
  "aws:s3/bucket:Bucket": regional(
    {
      accelerationStatus: text(oneOf("Enabled", "Suspended")),
      acl: text(oneOf(...cannedAcls, "log-delivery-write")),
      bucket: text(length(0, 63)),
      bucketNamespace: text(oneOf("account-regional", "global")),
      bucketPrefix: text(length(0, 37)),
      corsRules: list(
        block({
          allowedHeaders: list(text()),
          allowedMethods: required(list(text())),
          allowedOrigins: required(list(text())),
          exposeHeaders: list(text()),
          maxAgeSeconds: integer(),
        }),
      ),
      forceDestroy: flag(),
      grants: list(
        block({
          id: text(),
          permissions: required(
            list(text(oneOf("FULL_CONTROL", "WRITE", "WRITE_ACP", "READ", "READ_ACP"))),
          ),
          type: required(text(oneOf("CanonicalUser", "Group"))),
          uri: text(),
        }),
      ),
      lifecycleRules: list(
        block({
          abortIncompleteMultipartUploadDays: integer(),
          enabled: required(flag()),
          expiration: block({
            date: text(matches(/^\d{4}-\d{2}-\d{2}$/, "be a date such as 2030-01-31")),
            days: integer(atLeast(0)),
            expiredObjectDeleteMarker: flag(),
          }),
          id: text(length(0, 255)),
          noncurrentVersionExpiration: block({
            days: integer(atLeast(1)),
          }),
          noncurrentVersionTransitions: list(
            block({
              days: integer(atLeast(0)),
              storageClass: required(text(oneOf(...transitionClasses))),
            }),
          ),
          prefix: text(),
          tags: map(),
          transitions: list(
            block({
              date: text(matches(/^\d{4}-\d{2}-\d{2}$/, "be a date such as 2030-01-31")),
              days: integer(atLeast(0)),
              storageClass: required(text(oneOf(...transitionClasses))),
            }),
          ),
        }),
      ),
      logging: block({
        targetBucket: required(text()),
        targetPrefix: text(),
      }),
      objectLockConfiguration: block({
        objectLockEnabled: text(oneOf("Enabled")),
        rule: block({
          defaultRetention: required(
            block({
              days: integer(atLeast(1)),
              mode: required(text(oneOf("GOVERNANCE", "COMPLIANCE"))),
              years: integer(atLeast(1)),
            }),
          ),
        }),
      }),
      objectLockEnabled: flag(),
      policy: text(json()),
      replicationConfiguration: block({
        role: required(text()),
        rules: required(
          list(
            block({
              deleteMarkerReplicationStatus: text(oneOf("Enabled")),
              destination: required(
                block({
                  accessControlTranslation: block({
                    owner: required(text(oneOf("Destination"))),
                  }),
                  accountId: text(accountId()),
                  bucket: required(text(arn())),
                  metrics: block({
                    minutes: integer(between(10, 15)),
                    status: text(oneOf("Enabled", "Disabled")),
                  }),
                  replicaKmsKeyId: text(),
                  replicationTime: block({
                    minutes: integer(between(15, 15)),
                    status: text(oneOf("Enabled", "Disabled")),
                  }),
                  storageClass: text(oneOf(...storageClasses)),
                }),
              ),
              filter: block({
                prefix: text(length(0, 1024)),
                tags: map(),
              }),
              id: text(length(0, 255)),
              prefix: text(length(0, 1024)),
              priority: integer(),
              sourceSelectionCriteria: block({
                sseKmsEncryptedObjects: block({
                  enabled: required(flag()),
                }),
              }),
              status: required(text(oneOf("Enabled", "Disabled"))),
            }),
            { min: 1 },
          ),
        ),
      }),
      requestPayer: text(oneOf("Requester", "BucketOwner")),
      serverSideEncryptionConfiguration: block({
        rule: required(
          block({
            applyServerSideEncryptionByDefault: block({
              kmsMasterKeyId: text(),
              sseAlgorithm: required(text(oneOf(...encryptionAlgorithms))),
            }),
            blockedEncryptionTypes: list(text(oneOf("NONE", "SSE-C"))),
            bucketKeyEnabled: flag(),
          }),
        ),
      }),
      tags: map(),
      versioning: block({
        enabled: flag(),
        mfaDelete: flag(),
      }),
      website: block(
        {
          errorDocument: text(),
          indexDocument: text(),
          redirectAllRequestsTo: text(),
          routingRules: text(json()),
        },
        exactlyOneOf("indexDocument", "redirectAllRequestsTo"),
      ),
    },
    conflicts("bucket", "bucketPrefix"),
    conflicts("acl", "grants"),
    conflicts("objectLockEnabled", "objectLockConfiguration"),
  ),
};
