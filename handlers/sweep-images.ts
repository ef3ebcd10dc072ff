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
  return createEventHandler(logger, (event) => sweepImages(timeOf(event), deps));
}

/**
 * When the sweep was due.
 *
 * @throws Error when the event does not tell, as when it is invoked by hand with another one.
 */
function timeOf({ time }: Partial<ScheduledEvent>): Date {
  const at = new Date(time ?? "");
  if (Number.isNaN(at.getTime())) {
    throw new Error(
      `The event's time is ${JSON.stringify(time)}: it must be a date and time such as "2026-01-02T03:04:05Z".`,
    );
  }
  return at;
}
