import type { Call } from "./call";
import { readCorsRule, writeCorsRule } from "./cors-rules";
import { invalidArgument, malformedXml, notConfigured, notImplemented, S3Error } from "./errors";
import { retentionModes } from "./object-lock";
import { readLifecycle } from "./lifecycle/document";
import { transitionMinimum } from "./lifecycle/transition-minimum";
import { readNotifications, writeNotifications } from "./notifications/configuration";
import type { ReplyHeaders } from "./reply";
import { newBucketConfiguration } from "./store/configuration";
import type { BucketConfiguration, ObjectOwnership } from "./store/configuration";
import { readBucketTags, tagSet } from "./tags";
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
  /** What is in headers beside the document. */
  headers?: {
    read: (call: Call) => BucketDocument["reset"];
    write: (configuration: Readonly<BucketConfiguration>) => ReplyHeaders;
  };
  /** What PUT answers. @default 200 */
  status?: 204;
  /** What DELETE changes; absent where there is no DELETE. */
  reset?: { [K in keyof BucketConfiguration]?: BucketConfiguration[K] | undefined };
  /** The error when there is no document; none where there always is one. */
  missing?: { code: string; message: string };
}

function permissions(name: string): BucketDocument["permissions"] {
  return { get: `s3:Get${name}`, put: `s3:Put${name}` };
}

const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html */
const maxCorsRules = 100;

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
      if (text(document, "Status") === undefined) {
        throw new S3Error(
          "IllegalVersioningConfigurationException",
          "The Versioning element must be specified",
          400,
        );
      }
      const versioning = oneOf(document, "Status", ["Enabled", "Suspended"]);
      return { versioning };
    },
    // A bucket without versioning has an empty document, not none.
    write: ({ versioning }) => ({ Status: versioning }),
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
    missing: {
      code: "ServerSideEncryptionConfigurationNotFoundError",
      message: "The server side encryption configuration was not found",
    },
  },
  cors: {
    name: "BucketCors",
    root: "CORSConfiguration",
    permissions: permissions("BucketCORS"),
    read: (document) => {
      const rules = elements(document, "CORSRule");
      if (rules.length === 0 || rules.length > maxCorsRules) {
        throw malformedXml();
      }
      return { cors: rules.map(readCorsRule) };
    },
    write: ({ cors }) => cors && { CORSRule: cors.map(writeCorsRule) },
    reset: { cors: undefined },
    missing: {
      code: "NoSuchCORSConfiguration",
      message: "The CORS configuration does not exist",
    },
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
    missing: {
      code: "NoSuchPublicAccessBlockConfiguration",
      message: "The public access block configuration was not found",
    },
  },
  ownershipControls: {
    name: "BucketOwnershipControls",
    root: "OwnershipControls",
    permissions: permissions("BucketOwnershipControls"),
    read: (document) => {
      return { ownership: oneOf(onlyRule(document), "ObjectOwnership", ownerships) };
    },
    write: ({ ownership }) => ownership && { Rule: { ObjectOwnership: ownership } },
    reset: { ownership: undefined },
    missing: {
      code: "OwnershipControlsNotFoundError",
      message: "The bucket ownership controls were not found",
    },
  },
  lifecycle: {
    name: "BucketLifecycleConfiguration",
    root: "LifecycleConfiguration",
    permissions: permissions("LifecycleConfiguration"),
    read: (document) => ({ lifecycle: readLifecycle(document) }),
    write: ({ lifecycle }) => lifecycle && { Rule: lifecycle },
    headers: transitionMinimum,
    reset: { lifecycle: undefined, transitionMinimum: undefined },
    missing: {
      code: "NoSuchLifecycleConfiguration",
      message: "The lifecycle configuration does not exist",
    },
  },
  notification: {
    name: "BucketNotificationConfiguration",
    root: "NotificationConfiguration",
    permissions: permissions("BucketNotification"),
    read: readNotifications,
    // A bucket without notifications has an empty document, not none.
    write: writeNotifications,
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
    missing: {
      code: "ObjectLockConfigurationNotFoundError",
      message: "Object Lock configuration does not exist for this bucket",
    },
  },
  tagging: {
    name: "BucketTagging",
    root: "Tagging",
    permissions: permissions("BucketTagging"),
    read: (document) => ({ tags: readBucketTags(document) }),
    write: ({ tags }) => (tags && Object.keys(tags).length > 0 ? tagSet(tags) : undefined),
    status: 204,
    reset: { tags: undefined },
    missing: {
      code: "NoSuchTagSet",
      message: "The TagSet does not exist",
    },
  },
};

/** @throws S3Error the document's own when it was never put. */
export function writeDocument(call: Call, document: BucketDocument): XmlElement {
  const content = document.write(call.bucket.configuration);
  if (!content) {
    const { code = "", message = "" } = document.missing ?? {};
    throw notConfigured(call.bucket.name, code, message);
  }
  return content;
}

/**
 * Reads `x-amz-object-ownership`.
 *
 * @throws S3Error `InvalidArgument`.
 */
export function readOwnership(value: string): ObjectOwnership {
  const found = ownerships.find((each) => each === value);
  if (found === undefined) {
    throw invalidArgument(
      `Invalid x-amz-object-ownership header: ${value}`,
      "x-amz-object-ownership",
    );
  }
  return found;
}

/** The one rule that a document has to have. */
function onlyRule(document: XmlElement): XmlElement {
  const [rule, ...others] = elements(document, "Rule");
  if (!rule || others.length > 0) {
    throw malformedXml();
  }
  return rule;
}

function readEncryption(document: XmlElement): BucketConfiguration["encryption"] {
  const rule = onlyRule(document);
  const [byDefault = {}] = elements(rule, "ApplyServerSideEncryptionByDefault");
  const kmsKeyId = text(byDefault, "KMSMasterKeyID");
  return {
    algorithm: oneOf(byDefault, "SSEAlgorithm", ["AES256", "aws:kms", "aws:kms:dsse"]),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    bucketKeyEnabled: text(rule, "BucketKeyEnabled") === "true",
  };
}

function readObjectLock(document: XmlElement): Partial<BucketConfiguration> {
  oneOf(document, "ObjectLockEnabled", ["Enabled"]);
  const [rule] = elements(document, "Rule");
  const [retention] = rule ? elements(rule, "DefaultRetention") : [];
  if (rule && !retention) {
    throw malformedXml();
  }
  const days = retention && text(retention, "Days");
  const years = retention && text(retention, "Years");
  const defaultRetention = retention && {
    mode: oneOf(retention, "Mode", retentionModes),
    ...(days !== undefined && { days: Number(days) }),
    ...(years !== undefined && { years: Number(years) }),
  };
  return { objectLock: defaultRetention ? { defaultRetention } : {} };
}
