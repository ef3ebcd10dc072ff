import type { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";

/** A Lambda function that a service invokes without waiting for its result. */
export type EventHandler<Event> = (event: Event, context: Context) => Promise<void>;

/**
 * Logs what becomes of each event, and lets errors out: then Lambda tries again, and at last hands
 * the event to the function's failure destination.
 *
 * @param act returns how many of the event's things it has dealt with, for the log.
 */
export function createEventHandler<Event>(
  logger: Logger,
  act: (event: Event) => Promise<number>,
): EventHandler<Event> {
  return async (event, context) => {
    logger.addContext(context);
    logger.info("received");
    try {
      logger.info("started");
      logger.info("finished", { count: await act(event) });
    } catch (error) {
      logger.error("failed", { error });
      throw error;
    }
  };
}
