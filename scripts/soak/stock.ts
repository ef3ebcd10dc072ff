import {
  type DeleteMarkerEntry,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from "@aws-sdk/client-s3";
import { type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { ImageItem } from "../../handlers/images/images-table";
import { renditionsRoot } from "../../handlers/renditions/rendition-keys";
import type { TagEntry } from "../../handlers/images/tags-table";
import type { ResultItem } from "../../handlers/records/results-table";
import type { UserItem } from "../../handlers/users/users-table";
import type { Stack } from "../../tests/e2e/support/stack";
import { inLanes } from "./lanes";

/** A version of an object, or a delete marker. */
export interface StoredVersion {
  key: string;
  versionId: string;
  isDeleteMarker: boolean;
}

/** Everything that a stack keeps of its clients, as its administrator finds it. */
export interface Stock {
  rows: ImageItem[];
  tags: TagEntry[];
  /** What users have; left out where they are not counted. */
  users?: UserItem[];
  /** Of the images bucket. */
  images: StoredVersion[];
  /** Of the renditions bucket, but for the pages that the deployment put there. */
  renditions: StoredVersion[];
  /** Of the results bucket. */
  results: (StoredVersion & { text: string })[];
  /** Of the records table. */
  records: { id: string }[];
  /** Of the results table. */
  listedResults: ResultItem[];
}

export async function takeStock({ documents, outputs, s3 }: Stack): Promise<Stock> {
  const results: Stock["results"] = [];
  await inLanes(await resultVersions(outputs.resultsBucket, s3), async (version) => {
    const text = version.isDeleteMarker ? "" : await read(outputs.resultsBucket, version, s3);
    results.push({ ...version, text });
  });
  return {
    rows: (await rowsOf(outputs.imagesTable, documents)) as ImageItem[],
    tags: (await rowsOf(outputs.tagsTable, documents)) as TagEntry[],
    ...(outputs.usersTable !== undefined && {
      users: (await rowsOf(outputs.usersTable, documents)) as UserItem[],
    }),
    images: await versionsIn(outputs.imagesBucket, s3),
    renditions: (await versionsIn(outputs.renditionsBucket, s3)).filter(({ key }) =>
      key.startsWith(renditionsRoot),
    ),
    results,
    records: (await rowsOf(outputs.recordsTable, documents)) as { id: string }[],
    listedResults: (await rowsOf(outputs.resultsTable, documents)) as ResultItem[],
  };
}

/** What the results bucket holds, but for the page that the deployment put there. */
export async function resultVersions(bucket: string, s3: S3Client): Promise<StoredVersion[]> {
  const versions = await versionsIn(bucket, s3);
  return versions.filter(({ key }) => key !== "errors/not-found.json");
}

/** Every version of every object in a bucket, and every delete marker. */
export async function versionsIn(bucket: string, s3: S3Client): Promise<StoredVersion[]> {
  const versions: StoredVersion[] = [];
  let position: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (position) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, ...position }),
    );
    versions.push(
      ...(page.Versions ?? []).map((version) => storedVersion(version, false)),
      ...(page.DeleteMarkers ?? []).map((marker) => storedVersion(marker, true)),
    );
    position = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  return versions;
}

function storedVersion(
  { Key = "", VersionId = "" }: ObjectVersion | DeleteMarkerEntry,
  isDeleteMarker: boolean,
): StoredVersion {
  return { key: Key, versionId: VersionId, isDeleteMarker };
}

async function read(
  bucket: string,
  { key, versionId }: StoredVersion,
  client: S3Client,
): Promise<string> {
  const get = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  const { Body } = await client.send(get);
  return (await Body?.transformToString()) ?? "";
}

/** Every item of a table. */
export async function rowsOf(table: string, client: DynamoDBDocumentClient): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) {
    rows.push(...Items);
  }
  return rows;
}
