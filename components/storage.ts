import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { imagesTableKeys, timelineIndex, userIndex } from "../handlers/shared/images-table";
import { SecureBucket } from "./secure-bucket";

/** Arguments of `Storage`. */
export interface StorageArgs {
  /** Provisioned read capacity units of the records table. */
  readCapacity: number;
  /** Provisioned write capacity units of the records table. */
  writeCapacity: number;
  /**
   * Days for which a result can be neither changed nor deleted, but by those who may bypass
   * governance retention; 0 locks nothing.
   */
  resultsLockDays: number;
  /**
   * Whether buckets and tables refuse to be deleted or replaced by a deployment, and tables by
   * anyone. Otherwise a deployment that deletes a bucket empties it first, unless results are locked.
   */
  protectData: boolean;
}

/**
 * All that the stack keeps: images with their metadata, and results with the records that they are
 * made from. Everything is encrypted at rest; tables can be restored to any second of the last 35
 * days.
 *
 * The results bucket has no policy yet: who reads it is for `Edge` to say.
 */
export class Storage extends pulumi.ComponentResource {
  readonly images: SecureBucket;
  readonly results: SecureBucket;
  readonly imagesTable: aws.dynamodb.Table;
  readonly recordsTable: aws.dynamodb.Table;

  constructor(name: string, args: StorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:storage:Storage", name, {}, opts);
    this.images = createImagesBucket(name, args, this);
    this.results = createResultsBucket(name, args, this);
    this.imagesTable = createImagesTable(name, args, this);
    this.recordsTable = createRecordsTable(name, args, this);
    this.registerOutputs({
      images: this.images,
      results: this.results,
      imagesTable: this.imagesTable,
      recordsTable: this.recordsTable,
    });
  }
}

function createImagesBucket(name: string, { protectData }: StorageArgs, parent: pulumi.Resource) {
  const images = new SecureBucket(
    `${name}-images`,
    { protect: protectData, forceDestroy: !protectData },
    { parent },
  );
  images.attachPolicy();
  new aws.s3.BucketCorsConfiguration(
    `${name}-images-cors`,
    {
      bucket: images.bucket.id,
      // Pages of any origin show and fetch images by presigned URLs.
      corsRules: [
        {
          allowedMethods: ["GET", "HEAD"],
          allowedOrigins: ["*"],
          allowedHeaders: ["*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    },
    { parent },
  );
  return images;
}

function createResultsBucket(name: string, args: StorageArgs, parent: pulumi.Resource) {
  const { protectData, resultsLockDays } = args;
  const locked = resultsLockDays > 0;
  const results = new SecureBucket(
    `${name}-results`,
    // What is locked cannot be emptied, so nothing may promise that it will be.
    { objectLockEnabled: true, protect: protectData, forceDestroy: !protectData && !locked },
    { parent },
  );
  if (locked) {
    // Object Lock protects nothing without a retention.
    new aws.s3.BucketObjectLockConfiguration(
      `${name}-results-lock`,
      {
        bucket: results.bucket.id,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: resultsLockDays } },
      },
      { parent, dependsOn: results.versioning },
    );
  }
  return results;
}

function createImagesTable(name: string, { protectData }: StorageArgs, parent: pulumi.Resource) {
  return new aws.dynamodb.Table(
    `${name}-images`,
    {
      billingMode: "PAY_PER_REQUEST",
      hashKey: imagesTableKeys.imageId,
      attributes: Object.values(imagesTableKeys).map((name) => ({ name, type: "S" })),
      globalSecondaryIndexes: [
        sortedByTime(userIndex, imagesTableKeys.userId),
        sortedByTime(timelineIndex, imagesTableKeys.collection),
      ],
      ...safeguards(protectData),
    },
    { parent, protect: protectData },
  );
}

/** An index that sorts the images of each `partitionKey` by time. */
function sortedByTime(name: string, partitionKey: string) {
  return {
    name,
    projectionType: "ALL",
    keySchemas: [
      { attributeName: partitionKey, keyType: "HASH" },
      { attributeName: imagesTableKeys.timestamp, keyType: "RANGE" },
    ],
  };
}

function createRecordsTable(name: string, args: StorageArgs, parent: pulumi.Resource) {
  return new aws.dynamodb.Table(
    `${name}-records`,
    {
      billingMode: "PROVISIONED",
      readCapacity: args.readCapacity,
      writeCapacity: args.writeCapacity,
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      ...safeguards(args.protectData),
    },
    { parent, protect: args.protectData },
  );
}

/** What every table has. The key is the one that AWS manages for DynamoDB in this account. */
function safeguards(protectData: boolean) {
  return {
    pointInTimeRecovery: { enabled: true },
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: protectData,
  };
}
