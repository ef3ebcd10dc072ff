import { z } from "zod";
import { AwsError } from "../../aws-error";
import { parseInput, queueUrl, type Action } from "../action";
import { sizeOf } from "../message";
import { maxMessageBytes } from "../queue-definition";
import { requireValidBatch, runBatch } from "./batch";
import { newMessage, newMessageOf, sentMessage } from "./new-message";

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  Entries: z.array(z.strictObject({ Id: z.string(), ...newMessage })),
});

export const sendMessageBatch: Action = (input, { authorizedQueue, sender }) => {
  const { QueueUrl, Entries } = parseInput(inputSchema, input);
  // AWS has no permission of its own for batches.
  const queue = authorizedQueue(QueueUrl, "sqs:SendMessage");
  requireValidBatch(Entries, "SendMessageBatchRequestEntry");
  requireFittingBatch(Entries);
  return runBatch(Entries, (entry) => sentMessage(queue.send(newMessageOf(entry, sender)), entry));
};

function requireFittingBatch(entries: z.infer<typeof inputSchema>["Entries"]): void {
  const bytes = entries
    .map(({ MessageBody, MessageAttributes = {} }) =>
      sizeOf({ body: MessageBody, attributes: MessageAttributes }),
    )
    .reduce((sum, size) => sum + size, 0);
  if (bytes > maxMessageBytes) {
    throw new AwsError(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${maxMessageBytes} bytes. You have sent ${bytes} bytes.`,
    );
  }
}
