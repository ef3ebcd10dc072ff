import { z } from "zod";
import { parseInput, queueUrl, type Action } from "../action";

const texts = z.record(z.string(), z.string());
const createInput = z.strictObject({
  QueueName: z.string(),
  Attributes: texts.default({}),
  tags: texts.default({}),
});
const changeInput = z.strictObject({ QueueUrl: queueUrl, Attributes: texts });
const deleteInput = z.strictObject({ QueueUrl: queueUrl });

/** CreateQueue. */
export const createQueue: Action = (input, context) => {
  const { QueueName, Attributes, tags } = parseInput(createInput, input);
  context.requireQueue("sqs:CreateQueue", QueueName);
  context.managed.create(QueueName, Attributes, tags);
  return { QueueUrl: context.queueUrl(QueueName) };
};

/** SetQueueAttributes. */
export const setQueueAttributes: Action = (input, { authorizedQueue, managed }) => {
  const { QueueUrl, Attributes } = parseInput(changeInput, input);
  managed.change(authorizedQueue(QueueUrl, "sqs:SetQueueAttributes"), Attributes);
  return {};
};

/** DeleteQueue. */
export const deleteQueue: Action = (input, { authorizedQueue, managed }) => {
  const { QueueUrl } = parseInput(deleteInput, input);
  managed.delete(authorizedQueue(QueueUrl, "sqs:DeleteQueue"));
  return {};
};
