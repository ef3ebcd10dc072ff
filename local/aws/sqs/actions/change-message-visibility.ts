import { z } from "zod";
import { integer, parseInput, queueUrl, type Action } from "../action";
import { requireValidBatch, runBatch } from "./batch";

const visibilityTimeout = integer(0, 43_200);

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  ReceiptHandle: z.string(),
  VisibilityTimeout: visibilityTimeout,
});

const batchSchema = z.strictObject({
  QueueUrl: queueUrl,
  Entries: z.array(
    // The bounds are each entry's own: one beyond them does not keep the others from succeeding.
    z.strictObject({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int() }),
  ),
});

const secondsSchema = z.object({ VisibilityTimeout: visibilityTimeout });

export const changeMessageVisibility: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parseInput(inputSchema, input);
  const queue = authorizedQueue(QueueUrl, "sqs:ChangeMessageVisibility");
  queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
  return {};
};

export const changeMessageVisibilityBatch: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, Entries } = parseInput(batchSchema, input);
  // AWS has no permission of its own for batches.
  const queue = authorizedQueue(QueueUrl, "sqs:ChangeMessageVisibility");
  requireValidBatch(Entries, "ChangeMessageVisibilityBatchRequestEntry");
  return runBatch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => {
    const seconds = parseInput(secondsSchema, { VisibilityTimeout }).VisibilityTimeout;
    queue.changeVisibility(ReceiptHandle, seconds);
    return {};
  });
};
