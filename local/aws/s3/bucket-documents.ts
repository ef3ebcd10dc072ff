import type { Call } from "./call";
import { readCorsRule, writeCorsRule } from "./cors-rules";
import { malformedXml, notImplemented, S3Error } from "./errors";
import { retentionModes } from "./object-lock";
import { readNotifications, writeNotifications } from "./notifications/configuration";
import { newBucketConfiguration } from "./store/configuration";
import type { BucketConfiguration, ObjectOwnership } from "./store/configuration";
import { maxBucketTags, readTagSet, tagSet } from "./tags";
import { elements, oneOf, text } from "./xml";
import type { XmlElement } from "./xml";

/** A subresource of buckets that is read and written as one XML document. */
export interface BucketDocument {
  /** The names of its operations without `Get`, `Put` or `Delete`. */
  name: string;
  root: string;
  permissions: { get: string; put: string };
  read: (document: XmlElement) => Partial<BucketConfiguration>;
  /** The document, or nothing when it was never put. */
  write: (configuration: Readonly<BucketConfiguration>) => XmlElement | undefined;
  /** What DELETE changes; absent where there is no DELETE. */
  reset?: { [K in keyof BucketConfiguration]?: BucketConfiguration[K] | undefined };
  /** Code of the error when there is no document. */
  missing: string;
}

function permissions(name: string): BucketDocument["permissions"] {
  return { get: `s3:Get${name}`, put: `s3:Put${name}` };
}

/** By subresource. */
export const bucketDocuments: Readonly<Record<string, BucketDocument>> = {
  versioning: {
    name: "BucketVersioning",
    root: "VersioningConfiguration",
    permissions: permissions("BucketVersioning"),
    read: (document) => {
      if (text(document, "MfaDelete") === "Enabled") {
        throw notImplemented("MfaDelete");
      }
      const versioning = oneOf(document, "Status", ["Enabled", "Suspended"]);
      return { versioning };
    },
    // A bucket without versioning has an empty document, not none.
    write: ({ versioning }) => ({ Status: versioning }),
    missing: "",
  },
  encryption: {
    name: "BucketEncryption",
    root: "ServerSideEncryptionConfiguration",
    permissions: permissions("EncryptionConfiguration"),
    read: (document) => ({ encryption: readEncryption(document) }),
    write: ({ encryption: { algorithm, kmsKeyId, bucketKeyEnabled } }) => ({
      Rule: {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: kmsKeyId },
        BucketKeyEnabled: bucketKeyEnabled,
      },
    }),
    reset: { encryption: newBucketConfiguration.encryption },
    missing: "ServerSideEncryptionConfigurationNotFoundError",
  },
  cors: {
    name: "BucketCors",
    root: "CORSConfiguration",
    permissions: permissions("BucketCORS"),
    read: (document) => ({ cors: elements(document, "CORSRule").map(readCorsRule) }),
    write: ({ cors }) => cors && { CORSRule: cors.map(writeCorsRule) },
    reset: { cors: undefined },
    missing: "NoSuchCORSConfiguration",
  },
  publicAccessBlock: {
    name: "PublicAccessBlock",
    root: "PublicAccessBlockConfiguration",
    permissions: permissions("BucketPublicAccessBlock"),
    read: (document) => ({
      publicAccessBlock: {
        blockPublicAcls: text(document, "BlockPublicAcls") === "true",
        ignorePublicAcls: text(document, "IgnorePublicAcls") === "true",
        blockPublicPolicy: text(document, "BlockPublicPolicy") === "true",
        restrictPublicBuckets: text(document, "RestrictPublicBuckets") === "true",
      },
    }),
    write: ({ publicAccessBlock: block }) =>
      block && {
        BlockPublicAcls: block.blockPublicAcls,
        IgnorePublicAcls: block.ignorePublicAcls,
        BlockPublicPolicy: block.blockPublicPolicy,
        RestrictPublicBuckets: block.restrictPublicBuckets,
      },
    reset: { publicAccessBlock: undefined },
    missing: "NoSuchPublicAccessBlockConfiguration",
  },
  ownershipControls: {
    name: "BucketOwnershipControls",
    root: "OwnershipControls",
    permissions: permissions("BucketOwnershipControls"),
    read: (document) => {
      const [rule = {}] = elements(document, "Rule");
      return { ownership: readOwnership(text(rule, "ObjectOwnership")) };
    },
    write: ({ ownership }) => ownership && { Rule: { ObjectOwnership: ownership } },
    reset: { ownership: undefined },
    missing: "OwnershipControlsNotFoundError",
  },
  lifecycle: {
    name: "BucketLifecycleConfiguration",
    root: "LifecycleConfiguration",
    permissions: permissions("LifecycleConfiguration"),
    read: (document) => ({ lifecycle: readLifecycle(document) }),
    write: ({ lifecycle }) => lifecycle && { Rule: lifecycle },
    reset: { lifecycle: undefined },
    missing: "NoSuchLifecycleConfiguration",
  },
  notification: {
    name: "BucketNotificationConfiguration",
    root: "NotificationConfiguration",
    permissions: permissions("BucketNotification"),
    read: readNotifications,
    // A bucket without notifications has an empty document, not none.
    write: writeNotifications,
    missing: "",
  },
  "object-lock": {
    name: "ObjectLockConfiguration",
    root: "ObjectLockConfiguration",
    permissions: permissions("BucketObjectLockConfiguration"),
    read: readObjectLock,
    write: ({ objectLock }) =>
      objectLock && {
        ObjectLockEnabled: "Enabled",
        Rule: objectLock.defaultRetention && {
          DefaultRetention: {
            Mode: objectLock.defaultRetention.mode,
            Days: objectLock.defaultRetention.days,
            Years: objectLock.defaultRetention.years,
          },
        },
      },
    missing: "ObjectLockConfigurationNotFoundError",
  },
  tagging: {
    name: "BucketTagging",
    root: "Tagging",
    permissions: permissions("BucketTagging"),
    read: (document) => ({ tags: readTagSet(document, maxBucketTags) }),
    write: ({ tags }) => tags && tagSet(tags),
    reset: { tags: undefined },
    missing: "NoSuchTagSet",
  },
};

/** @throws S3Error the document's own when it was never put. */
export function writeDocument(call: Call, document: BucketDocument): XmlElement {
  const content = document.write(call.bucket.configuration);
  if (!content) {
    throw new S3Error(document.missing, "The configuration does not exist", 404, {
      BucketName: call.bucket.name,
    });
  }
  return content;
}

/** @throws S3Error `InvalidArgument`. */
export function readOwnership(value: string | undefined): ObjectOwnership {
  return oneOf({ ObjectOwnership: value }, "ObjectOwnership", [
    "BucketOwnerEnforced",
    "BucketOwnerPreferred",
    "ObjectWriter",
  ]);
}

function readEncryption(document: XmlElement): BucketConfiguration["encryption"] {
  const [rule = {}] = elements(document, "Rule");
  const [byDefault = {}] = elements(rule, "ApplyServerSideEncryptionByDefault");
  const kmsKeyId = text(byDefault, "KMSMasterKeyID");
  return {
    algorithm: oneOf(byDefault, "SSEAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    bucketKeyEnabled: text(rule, "BucketKeyEnabled") === "true",
  };
}

function readLifecycle(document: XmlElement): readonly XmlElement[] {
  const rules = elements(document, "Rule");
  if (rules.length === 0) {
    throw malformedXml();
  }
  return rules.map(withoutText);
}

/** Drops the white space between elements, which the parser keeps as `#text`. */
function withoutText(element: XmlElement): XmlElement {
  return Object.fromEntries(
    Object.entries(element)
      .filter(([name]) => name !== "#text")
      .map(([name, value]) => [
        name,
        typeof value === "object" && !Array.isArray(value)
          ? withoutText(value as XmlElement)
          : value,
      ]),
  );
}

function readObjectLock(document: XmlElement): Partial<BucketConfiguration> {
  oneOf(document, "ObjectLockEnabled", ["Enabled"]);
  const [rule] = elements(document, "Rule");
  const [retention] = rule ? elements(rule, "DefaultRetention") : [];
  const days = retention && text(retention, "Days");
  const years = retention && text(retention, "Years");
  const defaultRetention = retention && {
    mode: oneOf(retention, "Mode", retentionModes),
    ...(days !== undefined && { days: Number(days) }),
    ...(years !== undefined && { years: Number(years) }),
  };
  return { objectLock: defaultRetention ? { defaultRetention } : {} };
}
