import { Logger } from "@aws-lambda-powertools/logger";
import { type DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import { type OwingItem, removeRenditions } from "../renditions/clear-renditions";
import { type ImageItem, refreshPartition, sweepIndex, sweepPartition } from "./images-table";
import { forget, invalidate, type PurgeDeps, removeObjects } from "./purge";

/** How many images are removed at a time. */
const pageSize = 25;

/** What sweeping needs. */
export interface SweepImagesDeps extends PurgeDeps {
  dynamoDb: DynamoDBDocumentClient;
  imagesTable: string;
  logger: Logger;
}

/**
 * Removes every upload and every image being deleted that is due, and the renditions of those images
 * that are due for that.
 *
 * @param now what counts as now: an event that is replayed removes what it would have removed.
 * @returns how many were due.
 * @throws Error when any could not be removed; it stops none of the others.
 */
export async function sweepImages(now: Date, deps: SweepImagesDeps): Promise<number> {
  const owed: OwingItem[] = [];
  let due = 0;
  let failed = 0;
  for (const [partition, sweep] of sweeps) {
    for await (const imageIds of dueImages(partition, now, deps)) {
      const outcomes = await Promise.all(
        imageIds.map((imageId) => attempt(sweep, imageId, now, deps)),
      );
      due += outcomes.length;
      failed += outcomes.filter((outcome) => outcome === "failed").length;
      owed.push(...outcomes.filter((outcome) => typeof outcome === "object"));
    }
  }
  failed += await invalidateAll(owed, now, deps);
  if (failed > 0) {
    throw new Error(`${failed} of ${due} images could not be removed.`);
  }
  return due;
}

/** @returns how many of these images the edge could not be told of, and not for being too many. */
async function invalidateAll(
  owed: readonly OwingItem[],
  now: Date,
  deps: SweepImagesDeps,
): Promise<number> {
  if (owed.length === 0) {
    return 0;
  }
  try {
    if ((await invalidate(owed, deps, now)) === "throttled") {
      deps.logger.warn("left to the next sweep", { count: owed.length });
    }
    return 0;
  } catch (error) {
    deps.logger.error("not invalidated", { count: owed.length, error });
    return owed.length;
  }
}

async function* dueImages(
  partition: string,
  now: Date,
  { dynamoDb, imagesTable }: SweepImagesDeps,
): AsyncGenerator<string[]> {
  const query = {
    TableName: imagesTable,
    IndexName: sweepIndex,
    KeyConditionExpression: "sweep = :sweep AND sweepAfter <= :now",
    ExpressionAttributeValues: { ":sweep": partition, ":now": now.toISOString() },
  };
  for await (const { Items = [] } of paginateQuery({ client: dynamoDb, pageSize }, query)) {
    yield (Items as ImageItem[]).map(({ imageId }) => imageId);
  }
}

/** @returns the image, if the edge is to forget its renditions. */
type Sweep = (imageId: string, now: Date, deps: SweepImagesDeps) => Promise<"done" | OwingItem>;

/** What is done with images that are due, by the partition of the index that has them. */
const sweeps: readonly (readonly [partition: string, sweep: Sweep])[] = [
  [sweepPartition, remove],
  [refreshPartition, refresh],
];

async function attempt(
  sweep: Sweep,
  imageId: string,
  now: Date,
  deps: SweepImagesDeps,
): Promise<"done" | "failed" | OwingItem> {
  try {
    return await sweep(imageId, now, deps);
  } catch (error) {
    deps.logger.error("not removed", { imageId, error });
    return "failed";
  }
}

async function remove(
  imageId: string,
  now: Date,
  deps: SweepImagesDeps,
): Promise<"done" | OwingItem> {
  const item = await deps.publication.hideExpired(imageId, now);
  if (!item) {
    return "done";
  }
  const removal = await removeObjects(item, deps);
  if (removal === "invalidation owed") {
    return item;
  }
  if (removal === "removed") {
    await forget(item, deps, now);
  }
  return "done";
}

/** Removes the renditions of an image that stays, when none of the old can be stored any more. */
async function refresh(
  imageId: string,
  now: Date,
  deps: SweepImagesDeps,
): Promise<"done" | OwingItem> {
  const item = await deps.publication.refreshable(imageId, now);
  if (!item) {
    return "done";
  }
  if (await removeRenditions(item, deps)) {
    return item;
  }
  await deps.publication.refreshed(item);
  return "done";
}
