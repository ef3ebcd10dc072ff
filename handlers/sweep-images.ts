import { Logger } from "@aws-lambda-powertools/logger";
import { type DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { ScheduledEvent } from "aws-lambda";
import { createDynamoDb } from "./shared/clients";
import { createEventHandler, type EventHandler } from "./shared/event-handler";
import {
  type DeletingItem,
  type PendingItem,
  sweepIndex,
  sweepPartition,
} from "./shared/images-table";
import { forget, invalidate, type PurgeDeps, removeObjects } from "./shared/purge";
import { createPurgeDeps } from "./shared/purge-deps";
import { setting } from "./shared/settings";

/** How many images are removed at a time. */
const pageSize = 25;

/** What sweeping needs. */
export interface SweepImagesDeps extends PurgeDeps {
  dynamoDb: DynamoDBDocumentClient;
  imagesTable: string;
  logger: Logger;
}

/** Removes what uploads and deletes that were cut off have left behind. */
export function createHandler(settings: NodeJS.ProcessEnv): EventHandler<ScheduledEvent> {
  const logger = new Logger();
  const dynamoDb = createDynamoDb();
  const deps: SweepImagesDeps = {
    ...createPurgeDeps(settings, dynamoDb),
    dynamoDb,
    imagesTable: setting(settings, "IMAGES_TABLE"),
    logger,
  };
  return createEventHandler(logger, (event) => sweepImages(new Date(event.time), deps));
}

/**
 * Removes every upload and every image being deleted that is due.
 *
 * @param now what counts as now: an event that is replayed removes what it would have removed.
 * @returns how many were due.
 * @throws Error when any could not be removed; it stops none of the others.
 */
export async function sweepImages(now: Date, deps: SweepImagesDeps): Promise<number> {
  const owed: DeletingItem[] = [];
  let due = 0;
  let failed = 0;
  for await (const imageIds of dueImages(now, deps)) {
    const outcomes = await Promise.all(imageIds.map((imageId) => sweep(imageId, now, deps)));
    due += outcomes.length;
    failed += outcomes.filter((outcome) => outcome === "failed").length;
    owed.push(...outcomes.filter((outcome) => typeof outcome === "object"));
  }
  failed += await invalidateAll(owed, now, deps);
  if (failed > 0) {
    throw new Error(`${failed} of ${due} images could not be removed.`);
  }
  return due;
}

/** @returns how many of these images the edge could not be told of, and not for being too many. */
async function invalidateAll(
  owed: readonly DeletingItem[],
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
  now: Date,
  { dynamoDb, imagesTable }: SweepImagesDeps,
): AsyncGenerator<string[]> {
  const query = {
    TableName: imagesTable,
    IndexName: sweepIndex,
    KeyConditionExpression: "sweep = :sweep AND sweepAfter <= :now",
    ExpressionAttributeValues: { ":sweep": sweepPartition, ":now": now.toISOString() },
  };
  for await (const { Items = [] } of paginateQuery({ client: dynamoDb, pageSize }, query)) {
    yield (Items as (PendingItem | DeletingItem)[]).map(({ imageId }) => imageId);
  }
}

/** @returns the image, if the edge is to forget its renditions. */
async function sweep(
  imageId: string,
  now: Date,
  deps: SweepImagesDeps,
): Promise<"done" | "failed" | DeletingItem> {
  try {
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
  } catch (error) {
    deps.logger.error("not removed", { imageId, error });
    return "failed";
  }
}
