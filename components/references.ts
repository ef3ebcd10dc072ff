import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { NamedResource } from "./functions/duty";

/** A bucket as components refer to it that have not made it. */
export type BucketReference = Pick<
  aws.s3.Bucket,
  "id" | "arn" | "bucket" | "bucketRegionalDomainName"
>;

/** A bucket whose policy is made by whoever serves what is in it. */
export interface ServedBucket {
  readonly bucket: BucketReference;
  /** Attaches the bucket's policy, once: TLS only, and what `statements` say. */
  attachPolicy(statements?: pulumi.Input<aws.iam.PolicyStatement[]>): void;
}

/** What `Storage` keeps, as components refer to it that work with it. */
export interface StoredData {
  readonly images: ServedBucket;
  readonly renditions: { readonly bucket: BucketReference };
  readonly results: { readonly bucket: BucketReference };
  readonly imagesTable: NamedResource;
  readonly tagsTable: NamedResource;
  readonly idempotencyTable: NamedResource;
  readonly recordsTable: NamedResource;
  readonly resultsTable: NamedResource;
  /** Where users are known. */
  readonly usersTable: NamedResource | undefined;
}
