import { Logger } from "@aws-lambda-powertools/logger";
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from "aws-lambda";
import { createEventBridge } from "./aws/clients";
import { setting } from "./aws/settings";
import { describeChange } from "./events/describe-change";
import { EventBus } from "./events/event-bus";

/** A function that Lambda gives records of streams, and that says which it has failed on. */
export type StreamHandler = (
  event: DynamoDBStreamEvent,
  context: Context,
) => Promise<DynamoDBBatchResponse>;

/**
 * Tells others what has become of images, and of results, by events on the stack's bus. What it has
 * failed on, with all that comes after it, Lambda gives it again: an event may be there twice, and is
 * never left out.
 */
export function createHandler(settings: NodeJS.ProcessEnv): StreamHandler {
  const logger = new Logger();
  const bus = new EventBus(createEventBridge(), setting(settings, "EVENT_BUS"), logger);
  const tables = {
    images: setting(settings, "IMAGES_TABLE"),
    results: setting(settings, "RESULTS_TABLE"),
  };
  return async ({ Records }, context) => {
    logger.addContext(context);
    logger.info("received");
    try {
      logger.info("started");
      const told = Records.flatMap((record) => {
        const event = describeChange(record, tables);
        return event ? [{ record, event }] : [];
      });
      const done = await bus.put(told.map(({ event }) => event));
      const failed = told[done]?.record;
      if (failed) {
        logger.error("failed", { count: told.length - done });
      } else {
        logger.info("finished", { count: done });
      }
      return { batchItemFailures: failed ? [{ itemIdentifier: sequenceNumberOf(failed) }] : [] };
    } catch (error) {
      logger.error("failed", { error });
      throw error;
    }
  };
}

/** Of any other, Lambda could not be told. */
function sequenceNumberOf({ dynamodb }: DynamoDBRecord): string {
  const { SequenceNumber } = dynamodb ?? {};
  if (SequenceNumber === undefined) {
    throw new Error("This is no record of a stream.");
  }
  return SequenceNumber;
}
