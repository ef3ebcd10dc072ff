import * as pulumi from "@pulumi/pulumi";
import { namedBucket, type NamedResource, type Renditions } from "../components/functions/duty";
import type { BucketReference, StoredData } from "../components/references";

/** A bucket, by what other components need to know of it. */
export interface BucketInfo {
  /** Its name. */
  name: pulumi.Input<string>;
  /** Its ARN. */
  arn: pulumi.Input<string>;
  /** Its regional domain name, such as `photos.s3.us-east-1.amazonaws.com`. */
  domainName: pulumi.Input<string>;
}

/** A table, by what other components need to know of it. */
export interface TableInfo {
  /** Its name. */
  name: pulumi.Input<string>;
  /** Its ARN. */
  arn: pulumi.Input<string>;
}

/** All that `Storage` keeps: its output `data`, and an input of what works with that. */
export interface StorageInfo {
  /** The bucket of images. */
  images: pulumi.Input<BucketInfo>;
  /** The bucket of renditions. */
  renditions: pulumi.Input<BucketInfo>;
  /** The bucket of results. */
  results: pulumi.Input<BucketInfo>;
  /** The table of images and uploads. */
  imagesTable: pulumi.Input<TableInfo>;
  /** The table that finds images by tag. */
  tagsTable: pulumi.Input<TableInfo>;
  /** The table that remembers answers by `Idempotency-Key`. */
  idempotencyTable: pulumi.Input<TableInfo>;
  /** The table of records. */
  recordsTable: pulumi.Input<TableInfo>;
  /** The table of results. */
  resultsTable: pulumi.Input<TableInfo>;
  /** The table that counts the images of users, where users are known. */
  usersTable?: pulumi.Input<TableInfo>;
}

/** What an `ImageEdge` tells the functions that sign URLs and remove renditions: its output `info`. */
export interface ImageEdgeInfo {
  /** Where renditions are served, without a slash at the end. */
  url: pulumi.Input<string>;
  /** Id of the distribution. */
  distributionId: pulumi.Input<string>;
  /** ARN of the distribution. */
  distributionArn: pulumi.Input<string>;
  /** Name of the parameter that holds the key that signs URLs. */
  signingKeyName: pulumi.Input<string>;
  /** ARN of that parameter. */
  signingKeyArn: pulumi.Input<string>;
}

/** A bucket, as programs are told of it. */
export function bucketInfo({ bucket, arn, bucketRegionalDomainName }: BucketReference) {
  return pulumi.output({ name: bucket, arn, domainName: bucketRegionalDomainName });
}

/** A table, as programs are told of it. */
export function tableInfo({ name, arn }: NamedResource) {
  return pulumi.output({ name, arn });
}

/** A bucket that a program refers to. */
export function bucketReference(info: pulumi.Input<BucketInfo>): BucketReference {
  const { name, arn, domainName } = pulumi.output(info);
  return { id: name, bucket: name, arn, bucketRegionalDomainName: domainName };
}

/** What a program refers to by a `StorageInfo`. */
export function storedData(
  given: pulumi.Input<StorageInfo>,
  { hasUsers }: { hasUsers: boolean },
): StoredData {
  const info = pulumi.output(given);
  const bucket = (key: "images" | "renditions" | "results") => ({
    bucket: bucketReference(info.apply((known) => known[key])),
  });
  const table = (key: TableKey): NamedResource => {
    const named = info.apply((known) => requireTable(known, key));
    return { name: named.name, arn: named.arn };
  };
  return {
    images: { ...bucket("images"), attachPolicy: refusePolicy },
    renditions: bucket("renditions"),
    results: bucket("results"),
    imagesTable: table("imagesTable"),
    tagsTable: table("tagsTable"),
    idempotencyTable: table("idempotencyTable"),
    recordsTable: table("recordsTable"),
    resultsTable: table("resultsTable"),
    usersTable: hasUsers ? table("usersTable") : undefined,
  };
}

/** Storage has attached it. */
function refusePolicy(): never {
  throw new Error("The bucket of images has its policy already.");
}

type TableKey = Extract<keyof StorageInfo, `${string}Table`>;

/** @throws RunError when the storage has no such table. */
export function requireTable<Table>(known: Partial<Record<TableKey, Table>>, key: TableKey): Table {
  const table = known[key];
  if (table === undefined) {
    throw new pulumi.RunError(
      `The storage has no ${key}: where what works with it has an oidcIssuer, give Storage hasUsers.`,
    );
  }
  return table;
}

/** What a program refers to by an `ImageEdgeInfo`. */
export function imageReferences(
  info: pulumi.Input<ImageEdgeInfo>,
  { renditions }: Pick<StoredData, "renditions">,
): { renditions: Renditions; edgeUrl: pulumi.Output<string>; signingKey: NamedResource } {
  const { url, distributionId, distributionArn, signingKeyName, signingKeyArn } =
    pulumi.output(info);
  return {
    renditions: {
      renditionsBucket: namedBucket(renditions.bucket),
      imageDistribution: { name: distributionId, arn: distributionArn },
    },
    edgeUrl: url,
    signingKey: { name: signingKeyName, arn: signingKeyArn },
  };
}
