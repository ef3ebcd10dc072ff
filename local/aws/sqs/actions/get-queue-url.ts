import { z } from "zod";
import { parseInput, type Action } from "../action";

/** Queues of other accounts are not emulated. */
const inputSchema = z.strictObject({ QueueName: z.string() });

export const getQueueUrl: Action = (input, { authorizedQueue, queueUrl }) => {
  const { QueueName } = parseInput(inputSchema, input);
  const QueueUrl = queueUrl(QueueName);
  authorizedQueue(QueueUrl, "sqs:GetQueueUrl");
  return { QueueUrl };
};
