import { z } from "zod";
import { parseInput, type Action } from "../action";

const inputSchema = z.strictObject({
  QueueName: z.string(),
  /** There are no queues of other accounts. */
  QueueOwnerAWSAccountId: z.string().optional(),
});

export const getQueueUrl: Action = (input, { authorizedQueue, queueUrl }) => {
  const { QueueName, QueueOwnerAWSAccountId: owner } = parseInput(inputSchema, input);
  const QueueUrl = queueUrl(QueueName);
  const asked = owner === undefined ? QueueUrl : `/${owner}/${QueueName}`;
  authorizedQueue(asked, "sqs:GetQueueUrl");
  return { QueueUrl };
};
