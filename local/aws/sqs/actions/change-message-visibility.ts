import { z } from "zod";
import { integer, parseInput, queueUrl, type Action } from "../action";

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  ReceiptHandle: z.string(),
  VisibilityTimeout: integer(0, 43_200),
});

export const changeMessageVisibility: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parseInput(inputSchema, input);
  const queue = authorizedQueue(QueueUrl, "sqs:ChangeMessageVisibility");
  queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
  return {};
};
