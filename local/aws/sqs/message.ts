import { createHash, randomUUID } from "node:crypto";
import { md5OfAttributes, sizeOfAttributes, type MessageAttributes } from "./message-attributes";

/** A message in a queue, as it is kept on disk. Times are in milliseconds since the epoch. */
export interface Message {
  id: string;
  /** Its place in the queue. */
  sequence: number;
  body: string;
  attributes: MessageAttributes;
  sentAt: number;
  /** When it can be received, for the first time or again. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  receivedAt?: number;
  /** Tells the latest receipt from earlier ones. */
  receipt?: string;
  /** The unique id of who sent it over the API. */
  senderId?: string;
  /** Of X-Ray, as the sender gave it. */
  traceHeader?: string;
  /** Whose message it is, as the sender says. */
  groupId?: string;
  /** The queue that gave it up, where it lies in a dead-letter queue. */
  sourceArn?: string;
}

/** What a sender gives. */
export interface NewMessage {
  body: string;
  attributes: MessageAttributes;
  /** 0–900. @default the queue's */
  delaySeconds?: number;
  senderId?: string;
  traceHeader?: string;
  groupId?: string;
}

/** Bytes that count against the queue's limit, as what SQS itself knows of a message does not. */
export function sizeOf({ body, attributes }: NewMessage): number {
  return Buffer.byteLength(body) + sizeOfAttributes(attributes);
}

/** The message as it is once it was received, hidden from others for `seconds`. */
export function hidden(message: Message, now: number, seconds: number): Message {
  return {
    ...message,
    receipt: randomUUID(),
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? now,
    receivedAt: now,
    visibleAt: now + seconds * 1000,
  };
}

/** The members by which a sender or a receiver checks a message on its way. */
export function digestsOf({
  body,
  attributes,
  traceHeader,
}: Pick<Message, "attributes" | "body" | "traceHeader">): {
  body: string;
  attributes?: string;
  systemAttributes?: string;
} {
  return {
    body: createHash("md5").update(body).digest("hex"),
    ...(Object.keys(attributes).length > 0 && { attributes: md5OfAttributes(attributes) }),
    ...(traceHeader !== undefined && {
      systemAttributes: md5OfAttributes({
        AWSTraceHeader: { DataType: "String", StringValue: traceHeader },
      }),
    }),
  };
}
