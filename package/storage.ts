import * as pulumi from "@pulumi/pulumi";
import { Storage as StackStorage } from "../components/storage/storage";
import {
  type BucketInfo,
  bucketInfo,
  type StorageInfo,
  type TableInfo,
  tableInfo,
} from "./references";
import { readSettings } from "./settings";

/** Arguments of `Storage`; defaults are those of the stack's config. */
export interface StorageArgs {
  /** Whether buckets and tables refuse to be deleted, emptied or replaced. Default true. */
  protectData?: boolean;
  /** Days for which a result can be neither changed nor deleted; 0 locks nothing. Default 1. */
  resultsLockDays?: number;
  /** Days after which a rendition is removed, to be made again when it is asked for. Default 90. */
  renditionExpireDays?: number;
  /** Provisioned reads a second of the records table, at least 5; 0 for on demand. Default 0. */
  dynamoReadCapacity?: number;
  /** Provisioned writes a second of the records table, at least 5; 0 for on demand. Default 0. */
  dynamoWriteCapacity?: number;
  /** Origins of pages that may get and send images, such as https://app.example.com. Default all. */
  allowedOrigins?: string[];
  /** Whether users are known, and so their images are counted. Default false. */
  hasUsers?: boolean;
}

/**
 * Encrypted, versioned and private buckets for images, renditions and results, and the tables of their
 * metadata, which can be restored to any second of the last 35 days. The buckets of renditions and
 * results have no policy yet: ImageEdge and Edge say who reads them.
 */
export class Storage extends pulumi.ComponentResource {
  /** The bucket of images. */
  readonly images: pulumi.Output<BucketInfo>;
  /** The bucket of renditions, for an ImageEdge to serve. */
  readonly renditions: pulumi.Output<BucketInfo>;
  /** The bucket of results, for an Edge to serve. */
  readonly results: pulumi.Output<BucketInfo>;
  /** The table of records. */
  readonly recordsTable: pulumi.Output<TableInfo>;
  /** All that is kept, for the argument storage of ImageEdge, Api and Ingest. */
  readonly data: pulumi.Output<StorageInfo>;

  constructor(name: string, args: StorageArgs, opts?: pulumi.ComponentResourceOptions) {
    const { hasUsers = false, ...settings } = args;
    const config = readSettings(`Storage ${name}`, settings);
    super("darkroom:index:Storage", name, args, opts);
    const made = new StackStorage(name, { ...config, hasUsers }, { parent: this });
    this.images = bucketInfo(made.images.bucket);
    this.renditions = bucketInfo(made.renditions.bucket);
    this.results = bucketInfo(made.results.bucket);
    this.recordsTable = tableInfo(made.recordsTable);
    this.data = pulumi.output({
      images: this.images,
      renditions: this.renditions,
      results: this.results,
      imagesTable: tableInfo(made.imagesTable),
      tagsTable: tableInfo(made.tagsTable),
      idempotencyTable: tableInfo(made.idempotencyTable),
      recordsTable: this.recordsTable,
      resultsTable: tableInfo(made.resultsTable),
      ...(made.usersTable && { usersTable: tableInfo(made.usersTable) }),
    });
    this.registerOutputs({
      images: this.images,
      renditions: this.renditions,
      results: this.results,
      recordsTable: this.recordsTable,
      data: this.data,
    });
  }
}
