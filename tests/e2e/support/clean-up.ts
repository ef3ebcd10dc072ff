import {
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  ListObjectVersionsCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { call } from "./api";
import type { Stack } from "./stack";

/**
 * Removes all that the suite has made. What remains expires by itself: answers that are kept for requests
 * with an `Idempotency-Key`, and results that Object Lock does not let go.
 *
 * @returns the keys of the latter.
 */
export async function removeMade(stack: Stack): Promise<string[]> {
  const { images, records, results } = stack.made;
  const remove = (id: string) => call(stack, `/images/${id}`, { method: "DELETE" });
  const ids = [...images];
  while (ids.length > 0) {
    await Promise.all(ids.splice(0, 5).map(remove));
  }
  const { imagesTable, recordsTable, resultsTable } = stack.outputs;
  // What has become of an upload is kept for a day.
  await removeItems(stack, imagesTable, keysOf("imageId", images));
  await removeItems(stack, recordsTable, keysOf("id", records));
  await removeItems(stack, resultsTable, [...results.values()]);
  await removeVersions(stack, stack.outputs.imagesBucket, (key) => has(images, key));
  await removeVersions(stack, stack.outputs.renditionsBucket, (key) => has(images, key));
  const { resultsBucket } = stack.outputs;
  // Where there is no Object Lock, S3 refuses that it be bypassed.
  return await removeVersions(stack, resultsBucket, (key) => results.has(key), {
    BypassGovernanceRetention: true,
  });
}

function keysOf(name: string, ids: ReadonlySet<string>): Record<string, string>[] {
  return [...ids].map((id) => ({ [name]: id }));
}

async function removeItems(
  { documents }: Stack,
  TableName: string,
  keys: readonly Record<string, string>[],
): Promise<void> {
  for (const Key of keys) {
    await documents.send(new DeleteCommand({ TableName, Key }));
  }
}

/** Whether a key is made of one of the ids: `uploads/<id>`, `images/<id>.png`. */
function has(ids: ReadonlySet<string>, key: string): boolean {
  return key.split(/[/.]/).some((part) => ids.has(part));
}

/** @returns the keys of what is locked. */
async function removeVersions(
  { s3 }: Stack,
  bucket: string,
  isMade: (key: string) => boolean,
  more: Partial<DeleteObjectCommandInput> = {},
): Promise<string[]> {
  const locked: string[] = [];
  let page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
  for (;;) {
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    for (const { Key = "", VersionId } of versions.filter(({ Key = "" }) => isMade(Key))) {
      const version = { Bucket: bucket, Key, VersionId, ...more };
      await s3.send(new DeleteObjectCommand(version)).catch((error: unknown) => {
        if (!(error instanceof S3ServiceException && error.name === "AccessDenied")) {
          throw error;
        }
        locked.push(Key);
      });
    }
    if (!page.IsTruncated) {
      return locked;
    }
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    page = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, KeyMarker, VersionIdMarker }),
    );
  }
}
