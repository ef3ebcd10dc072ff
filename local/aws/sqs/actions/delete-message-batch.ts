import { z } from "zod";
import { parseInput, queueUrl, type Action } from "../action";
import { requireValidBatch, runBatch } from "./batch";

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: z.string() })),
});

export const deleteMessageBatch: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, Entries } = parseInput(inputSchema, input);
  const queue = authorizedQueue(QueueUrl, "sqs:DeleteMessage");
  requireValidBatch(Entries, "DeleteMessageBatchRequestEntry");
  return runBatch(Entries, ({ ReceiptHandle }) => {
    queue.delete(ReceiptHandle);
    return {};
  });
};
