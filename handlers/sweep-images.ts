import { Logger } from "@aws-lambda-powertools/logger";
import type { ScheduledEvent } from "aws-lambda";
import { createDynamoDb } from "./aws/clients";
import { createEventHandler, type EventHandler } from "./aws/event-handler";
import { setting } from "./aws/settings";
import { createPurgeDeps } from "./images/purge-deps";
import { type SweepImagesDeps, sweepImages } from "./images/sweep";

/** Removes what uploads, deletes and renderings that were cut off have left behind. */
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
