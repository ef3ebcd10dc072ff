import { z } from "zod";
import { AwsError } from "../../aws-error";
import { parseInput, queueUrl, type Action } from "../action";
import type { Queue } from "../queue";
import { redrivePolicyOf } from "../redrive-policy";

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  AttributeNames: z.array(z.string()).default([]),
});

/** What no queue here has, as attributes of FIFO queues. */
const never = () => undefined;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
const attributes: Readonly<
  Record<string, (queue: Queue) => boolean | number | string | undefined>
> = {
  ApproximateNumberOfMessages: (queue) => queue.depth().visible,
  ApproximateNumberOfMessagesDelayed: (queue) => queue.depth().delayed,
  ApproximateNumberOfMessagesNotVisible: (queue) => queue.depth().inFlight,
  ContentBasedDeduplication: never,
  CreatedTimestamp: ({ createdAt }) => seconds(createdAt),
  DeduplicationScope: never,
  DelaySeconds: ({ settings }) => settings.delaySeconds,
  FifoQueue: never,
  FifoThroughputLimit: never,
  KmsDataKeyReusePeriodSeconds: never,
  KmsMasterKeyId: never,
  LastModifiedTimestamp: ({ modifiedAt }) => seconds(modifiedAt),
  MaximumMessageSize: ({ settings }) => settings.maximumMessageBytes,
  MessageRetentionPeriod: ({ settings }) => settings.retentionSeconds,
  Policy: ({ policy }) => policy && JSON.stringify(policy),
  QueueArn: ({ arn }) => arn,
  ReceiveMessageWaitTimeSeconds: ({ settings }) => settings.receiveWaitSeconds,
  RedriveAllowPolicy: never,
  RedrivePolicy: ({ settings: { deadLetters } }) => deadLetters && redrivePolicyOf(deadLetters),
  SqsManagedSseEnabled: ({ settings }) => settings.sqsManagedSse,
  VisibilityTimeout: ({ settings }) => settings.visibilityTimeoutSeconds,
};

export const getQueueAttributes: Action = (input, { authorizedQueue }) => {
  const { QueueUrl, AttributeNames } = parseInput(inputSchema, input);
  const queue = authorizedQueue(QueueUrl, "sqs:GetQueueAttributes");
  const names = AttributeNames.includes("All") ? Object.keys(attributes) : AttributeNames;
  const entries = names.flatMap((name) => {
    const value = attributeOf(name)(queue);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return entries.length === 0 ? {} : { Attributes: new Map(entries) };
};

function attributeOf(name: string): NonNullable<(typeof attributes)[string]> {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (attribute === undefined) {
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
  }
  return attribute;
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
