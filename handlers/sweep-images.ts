import { Logger } from "@aws-lambda-powertools/logger";
import { type DynamoDBDocumentClient, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type { ScheduledEvent } from "aws-lambda";
import { createDynamoDb, createS3 } from "./shared/clients";
import { createEventHandler, type EventHandler } from "./shared/event-handler";
import { ImagesBucket } from "./shared/images-bucket";
import {
  type DeletingItem,
  type PendingItem,
  sweepIndex,
  sweepPartition,
} from "./shared/images-table";
import { Publication } from "./shared/publication";
import { finishPurge, type PurgeDeps } from "./shared/purge";
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
  const imagesTable = setting(settings, "IMAGES_TABLE");
  const tables = { images: imagesTable, tags: setting(settings, "TAGS_TABLE") };
  const deps: SweepImagesDeps = {
    bucket: new ImagesBucket(createS3(), setting(settings, "IMAGES_BUCKET")),
    publication: new Publication(dynamoDb, tables),
    dynamoDb,
    imagesTable,
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
  let due = 0;
  let failed = 0;
  for await (const imageIds of dueImages(now, deps)) {
    const outcomes = await Promise.all(imageIds.map((imageId) => sweep(imageId, now, deps)));
    due += outcomes.length;
    failed += outcomes.filter((removed) => !removed).length;
  }
  if (failed > 0) {
    throw new Error(`${failed} of ${due} images could not be removed.`);
  }
  return due;
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

/** @returns false when it failed. */
async function sweep(imageId: string, now: Date, deps: SweepImagesDeps): Promise<boolean> {
  try {
    const item = await deps.publication.hideExpired(imageId, now);
    if (item) {
      await finishPurge(item, deps, now);
    }
    return true;
  } catch (error) {
    deps.logger.error("not removed", { imageId, error });
    return false;
  }
}
