import { z } from "zod";
import { integer, parseInput, type Action } from "../action";

const startInput = z.strictObject({
  SourceArn: z.string(),
  DestinationArn: z.string().optional(),
  /** Here all move at once. */
  MaxNumberOfMessagesPerSecond: integer(1, 500).optional(),
});

const listInput = z.strictObject({
  SourceArn: z.string(),
  MaxResults: integer(1, 10).default(1),
});

/**
 * StartMessageMoveTask: messages of a dead-letter queue go back where they came from.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export const startMessageMoveTask: Action = (input, { moveTasks }) => {
  const { SourceArn, DestinationArn } = parseInput(startInput, input);
  return { TaskHandle: moveTasks.start(SourceArn, DestinationArn).handle };
};

/** ListMessageMoveTasks: the latest first. */
export const listMessageMoveTasks: Action = (input, { moveTasks }) => {
  const { SourceArn, MaxResults } = parseInput(listInput, input);
  const tasks = moveTasks.of(SourceArn).toReversed().slice(0, MaxResults);
  return {
    Results: tasks.map(({ sourceArn, destinationArn, moved, startedAt }) => ({
      Status: "COMPLETED",
      SourceArn: sourceArn,
      DestinationArn: destinationArn,
      ApproximateNumberOfMessagesMoved: moved,
      ApproximateNumberOfMessagesToMove: moved,
      StartedTimestamp: startedAt.getTime(),
    })),
  };
};
