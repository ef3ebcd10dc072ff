import type { PolicyDocument } from "../../iam/types";
import type { XmlElement } from "../xml";
import type { ObjectEncryption } from "./version";

/** Everything that is configured on a bucket. What is absent was never put. */
export interface BucketConfiguration {
  versioning?: "Enabled" | "Suspended";
  encryption: ObjectEncryption;
  policy?: PolicyDocument;
  cors?: readonly CorsRule[];
  publicAccessBlock?: PublicAccessBlock;
  ownership?: ObjectOwnership;
  /**
   * Rules in the names of S3's XML, such as `{ ID, Status, Filter: { Prefix } }`. What they expire
   * is removed; transitions are kept and given back, without effect.
   */
  lifecycle?: readonly XmlElement[];
  /** From which size on objects are moved to other classes. @default `all_storage_classes_128K` */
  transitionMinimum?: string;
  notifications?: readonly FunctionNotification[];
  /** Whether all events of the bucket are told on the account's event bus. */
  eventBridge?: boolean;
  objectLock?: ObjectLockConfiguration;
  tags?: Readonly<Record<string, string>>;
  /** Where requests to the bucket are to be logged; no logs are written. */
  logging?: AccessLogging;
}

export type ObjectOwnership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

export interface CorsRule {
  id?: string;
  allowedOrigins: readonly string[];
  allowedMethods: readonly string[];
  allowedHeaders: readonly string[];
  exposeHeaders: readonly string[];
  maxAgeSeconds?: number;
}

/** Which events of which keys a function is told of. */
export interface FunctionNotification {
  id: string;
  functionArn: string;
  /** Such as `s3:ObjectCreated:*`. */
  events: readonly string[];
  /** Empty for every key. */
  prefix: string;
  /** Empty for every key. */
  suffix: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LoggingEnabled.html */
export interface AccessLogging {
  /** The name of a bucket. */
  targetBucket: string;
  /** In front of the keys of logs. */
  targetPrefix: string;
  /**
   * What folders there are below the prefix: none, or of accounts, buckets and days, which are those of when a log is
   * delivered, or of its requests. @default none
   */
  folders?: "none" | "DeliveryTime" | "EventTime";
}

export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

/** A bucket has one of these when Object Lock is enabled. */
export interface ObjectLockConfiguration {
  defaultRetention?: { mode: "GOVERNANCE" | "COMPLIANCE"; days?: number; years?: number };
}

/** What S3 gives every new bucket: encrypted, not public, no ACLs. */
export const newBucketConfiguration: BucketConfiguration = {
  encryption: { algorithm: "AES256", bucketKeyEnabled: false },
  publicAccessBlock: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  ownership: "BucketOwnerEnforced",
};
