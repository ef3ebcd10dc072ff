import { z } from "zod";
import { parseInput, queueUrl, type Action } from "../action";

const inputSchema = z.strictObject({ QueueUrl: queueUrl, ReceiptHandle: z.string() });

export const deleteMessage: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, ReceiptHandle } = parseInput(inputSchema, input);
  authorizedQueue(QueueUrl, "sqs:DeleteMessage").delete(ReceiptHandle);
  return {};
};
