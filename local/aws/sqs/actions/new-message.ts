import { z } from "zod";
import type { Structure } from "../../api/output";
import { AwsError } from "../../aws-error";
import type { Sender } from "../action";
import { digestsOf, type Message, type NewMessage } from "../message";
import {
  hasAllowedCharacters,
  type MessageAttributes,
  messageAttributes,
  requireValidAttributes,
} from "../message-attributes";
import { invalidParameter, invalidValue } from "../sqs-error";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
const maxDelaySeconds = 900;

/** The members of SendMessage and of the entries of SendMessageBatch. */
export const newMessage = {
  MessageBody: z.string(),
  /** Its bounds are each message's own: in a batch, the others are sent. */
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributes.optional(),
  MessageSystemAttributes: messageAttributes.optional(),
  /** Whose message it is: a standard queue lets no group keep others waiting. */
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};

type MessageInput = z.infer<z.ZodObject<typeof newMessage>>;

/**
 * Checks a message's text, delay and attributes; its size is the queue's to check.
 *
 * @throws AwsError `InvalidMessageContents`, `InvalidParameterValueException`,
 * `MissingRequiredParameterException`.
 */
export function newMessageOf(
  input: MessageInput,
  { id: senderId, traceHeader: ofRequest }: Sender,
): NewMessage {
  const { MessageBody, DelaySeconds, MessageAttributes = {}, MessageSystemAttributes = {} } = input;
  const { MessageGroupId, MessageDeduplicationId } = input;
  requireValidBody(MessageBody);
  requireValidDelay(DelaySeconds);
  requireValidAttributes(MessageAttributes);
  requireValidGroup(MessageGroupId);
  if (MessageDeduplicationId !== undefined) {
    throw invalidValue(
      "MessageDeduplicationId",
      MessageDeduplicationId,
      "The request include parameter that is not valid for this queue type.",
    );
  }
  const traceHeader = traceHeaderIn(MessageSystemAttributes) ?? ofRequest;
  return {
    body: MessageBody,
    attributes: MessageAttributes,
    senderId,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(DelaySeconds !== undefined && { delaySeconds: DelaySeconds }),
    ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
  };
}

/** What is answered about a message that was sent: digests are of what the sender gave as its members. */
export function sentMessage(
  message: Message,
  { MessageSystemAttributes = {} }: MessageInput,
): Structure {
  const { body, attributes } = message;
  const traceHeader = traceHeaderIn(MessageSystemAttributes);
  const digests = digestsOf({
    body,
    attributes,
    ...(traceHeader !== undefined && { traceHeader }),
  });
  return {
    MessageId: message.id,
    MD5OfMessageBody: digests.body,
    ...(digests.attributes !== undefined && { MD5OfMessageAttributes: digests.attributes }),
    ...(digests.systemAttributes !== undefined && {
      MD5OfMessageSystemAttributes: digests.systemAttributes,
    }),
  };
}

/** The one attribute of SQS's own that can be sent: whatever is in it, as X-Ray alone reads it. */
function traceHeaderIn({ AWSTraceHeader, ...others }: MessageAttributes): string | undefined {
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw invalidParameter(`Message system attribute name '${other}' is invalid.`);
  }
  if (!AWSTraceHeader) {
    return undefined;
  }
  const { DataType, StringValue = "" } = AWSTraceHeader;
  if (DataType !== "String" || StringValue === "") {
    throw invalidParameter(
      "Message system attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.",
    );
  }
  return StringValue;
}

function requireValidDelay(seconds = 0): void {
  if (seconds < 0 || seconds > maxDelaySeconds) {
    const reason = `DelaySeconds must be >= 0 and <= ${maxDelaySeconds}.`;
    throw invalidValue("DelaySeconds", seconds, reason);
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
function requireValidGroup(group?: string): void {
  if (group !== undefined && !/^[!-~]{1,128}$/.test(group)) {
    const reason =
      "MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.";
    throw invalidValue("MessageGroupId", group, reason);
  }
}

function requireValidBody(body: string): void {
  if (body === "") {
    throw new AwsError(
      "MissingRequiredParameterException",
      "The request must contain the parameter MessageBody.",
    );
  }
  if (!hasAllowedCharacters(body)) {
    throw new AwsError(
      "InvalidMessageContents",
      "The message contains characters outside the allowed set.",
    );
  }
}
