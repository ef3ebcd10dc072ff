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
const tagInput = z.strictObject({ QueueUrl: queueUrl, Tags: texts });
const untagInput = z.strictObject({ QueueUrl: queueUrl, TagKeys: z.array(z.string()) });

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

/** TagQueue: adds tags, in place of those of the same keys. */
export const tagQueue: Action = (input, { authorizedQueue, managed }) => {
  const { QueueUrl, Tags } = parseInput(tagInput, input);
  const queue = authorizedQueue(QueueUrl, "sqs:TagQueue");
  managed.retag(queue, { ...queue.settings.tags, ...Tags });
  return {};
};

/** UntagQueue: keys that no tag has are no error. */
export const untagQueue: Action = (input, { authorizedQueue, managed }) => {
  const { QueueUrl, TagKeys } = parseInput(untagInput, input);
  const queue = authorizedQueue(QueueUrl, "sqs:UntagQueue");
  const left = Object.entries(queue.settings.tags).filter(([key]) => !TagKeys.includes(key));
  managed.retag(queue, Object.fromEntries(left));
  return {};
};
