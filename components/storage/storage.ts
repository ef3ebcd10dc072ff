import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Capacity } from "../config/capacity-config";
import { recordedArgs } from "../recorded-args";
import { createImagesBucket } from "./images-bucket";
import { createRenditionsBucket } from "./renditions-bucket";
import { SecureBucket } from "./secure-bucket";
import {
  createIdempotencyTable,
  createImagesTable,
  createRecordsTable,
  createResultsTable,
  createTagsTable,
  createUsersTable,
} from "./tables";

/** Arguments of `Storage`. */
export interface StorageArgs {
  /** Provisioned capacity of the records table. `@default` it is on demand */
  recordsCapacity?: Capacity | undefined;
  /**
   * Days for which a result can be neither changed nor deleted, but by those who may bypass
   * governance retention; 0 locks nothing.
   */
  resultsLockDays: number;
  /** Days after which a rendition is removed. */
  renditionExpireDays: number;
  /**
   * Whether buckets and tables refuse to be deleted or replaced by a deployment, and tables by
   * anyone. Otherwise a deployment that deletes a bucket empties it first, unless results are locked.
   */
  protectData: boolean;
  /** Origins of pages that may get and send images by presigned requests; `*` alone for any. */
  allowedOrigins: readonly string[];
  /** Whether uploads are scanned for malware: then the images bucket has no policy yet. `@default` false */
  scansUploads?: boolean;
  /** Whether users are known, and so their images are counted. `@default` false */
  hasUsers?: boolean;
  /** Whether changes of images and results can be followed, for a day. `@default` false */
  tellsChanges?: boolean;
}

/**
 * All that the stack keeps: images with their metadata and tags, renditions of them until they expire,
 * results, a list of them and the records that they are made from, for a day the answers to requests
 * that may be repeated, and how much each user has, where users are known. Everything is encrypted at
 * rest; tables can be restored to any second of the last 35 days.
 *
 * The buckets of renditions and results have no policy yet: who reads them is for `ImageEdge` and
 * `Edge` to say. Nor has that of images where uploads are scanned, which is for `Ingest`.
 */
export class Storage extends pulumi.ComponentResource {
  readonly images: SecureBucket;
  readonly renditions: SecureBucket;
  readonly results: SecureBucket;
  readonly imagesTable: aws.dynamodb.Table;
  readonly tagsTable: aws.dynamodb.Table;
  readonly idempotencyTable: aws.dynamodb.Table;
  readonly recordsTable: aws.dynamodb.Table;
  readonly resultsTable: aws.dynamodb.Table;
  /** Where users are known. */
  readonly usersTable: aws.dynamodb.Table | undefined;

  constructor(name: string, args: StorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:storage:Storage", name, recordedArgs(args), opts);
    const options = { protectData: args.protectData, parent: this };
    const told = { ...options, tellsChanges: args.tellsChanges ?? false };
    this.images = createImagesBucket(`${name}-images`, args, this);
    this.renditions = createRenditionsBucket(`${name}-renditions`, args.renditionExpireDays, this);
    this.results = createResultsBucket(name, args, this);
    this.imagesTable = createImagesTable(`${name}-images`, told);
    this.tagsTable = createTagsTable(`${name}-image-tags`, options);
    this.idempotencyTable = createIdempotencyTable(`${name}-idempotency`, options);
    this.recordsTable = createRecordsTable(`${name}-records`, args.recordsCapacity, options);
    this.resultsTable = createResultsTable(`${name}-results`, told);
    this.usersTable = args.hasUsers ? createUsersTable(`${name}-users`, options) : undefined;
    this.registerOutputs({
      images: this.images,
      renditions: this.renditions,
      results: this.results,
      imagesTable: this.imagesTable,
      tagsTable: this.tagsTable,
      idempotencyTable: this.idempotencyTable,
      recordsTable: this.recordsTable,
      resultsTable: this.resultsTable,
      usersTable: this.usersTable,
    });
  }

  /** All tables, by title. */
  get tables(): Record<string, aws.dynamodb.Table> {
    return {
      images: this.imagesTable,
      "image-tags": this.tagsTable,
      idempotency: this.idempotencyTable,
      records: this.recordsTable,
      results: this.resultsTable,
      ...(this.usersTable && { users: this.usersTable }),
    };
  }
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
