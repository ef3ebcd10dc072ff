import { z } from "zod";
import type { Structure } from "../../api/output";
import { AwsError } from "../../aws-error";
import { integer, parseInput, queueUrl, type Action } from "../action";
import { digestsOf, type Message } from "../message";
import type { MessageAttributes } from "../message-attributes";
import type { Queue } from "../queue";
import { receiptHandle } from "../receipt-handle";

const inputSchema = z.strictObject({
  QueueUrl: queueUrl,
  /** The former name of `MessageSystemAttributeNames`. */
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
  MaxNumberOfMessages: integer(1, 10).default(1),
  VisibilityTimeout: integer(0, 43_200).optional(),
  WaitTimeSeconds: integer(0, 20, "Must be >= 0 and <= 20, if provided.").optional(),
});

type Input = z.infer<typeof inputSchema>;

/** What FIFO queues have. */
const never = () => undefined;

const systemAttributes: Readonly<
  Record<string, (message: Message) => number | string | undefined>
> = {
  SenderId: ({ senderId }) => senderId,
  SentTimestamp: ({ sentAt }) => sentAt,
  ApproximateReceiveCount: ({ receiveCount }) => receiveCount,
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => firstReceivedAt,
  DeadLetterQueueSourceArn: ({ sourceArn }) => sourceArn,
  AWSTraceHeader: ({ traceHeader }) => traceHeader,
  MessageDeduplicationId: never,
  MessageGroupId: ({ groupId }) => groupId,
  SequenceNumber: never,
};

export const receiveMessage: Action = async (input, { authorizedQueue, signal }) => {
  const parsed = parseInput(inputSchema, input);
  const queue = authorizedQueue(parsed.QueueUrl, "sqs:ReceiveMessage");
  const names = systemAttributeNames(parsed);
  const messages = await queue.receive(
    {
      maxMessages: parsed.MaxNumberOfMessages,
      visibilityTimeoutSeconds: parsed.VisibilityTimeout,
      waitSeconds: parsed.WaitTimeSeconds,
    },
    signal,
  );
  return messages.length === 0
    ? {}
    : { Messages: messages.map((message) => received(queue, message, names, parsed)) };
};

function systemAttributeNames(input: Input): string[] {
  const asked = [...input.AttributeNames, ...input.MessageSystemAttributeNames];
  for (const name of asked) {
    if (name !== "All" && !Object.hasOwn(systemAttributes, name)) {
      throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    }
  }
  return asked.includes("All") ? Object.keys(systemAttributes) : asked;
}

function received(queue: Queue, message: Message, names: string[], input: Input): Structure {
  const own = asked(message.attributes, input.MessageAttributeNames);
  const Attributes = attributesOf(message, names);
  const digests = digestsOf({ ...message, attributes: own });
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue.arn, message),
    Body: message.body,
    MD5OfBody: digests.body,
    ...(Object.keys(Attributes).length > 0 && { Attributes: new Map(Object.entries(Attributes)) }),
    ...(digests.attributes !== undefined && {
      MessageAttributes: new Map(Object.entries(own)),
      MD5OfMessageAttributes: digests.attributes,
    }),
  };
}

function attributesOf(message: Message, names: string[]): Record<string, string> {
  const values = names.map((name) => [name, systemAttributes[name]?.(message)] as const);
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** @param names or `All` or `*`, or prefixes such as `trace.*`. */
function asked(attributes: MessageAttributes, names: string[]): MessageAttributes {
  const wanted = (attribute: string) =>
    names.some(
      (name) =>
        name === "All" ||
        name === "*" ||
        name === attribute ||
        (name.endsWith(".*") && attribute.startsWith(name.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
