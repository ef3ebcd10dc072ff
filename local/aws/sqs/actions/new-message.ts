import { z } from "zod";
import type { Structure } from "../../api/output";
import { AwsError } from "../../aws-error";
import { digestsOf, type Message, type NewMessage } from "../message";
import {
  hasAllowedCharacters,
  messageAttributes,
  requireValidAttributes,
} from "../message-attributes";
import { invalidValue } from "../sqs-error";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-timers.html */
const maxDelaySeconds = 900;

/** The members of SendMessage and of the entries of SendMessageBatch. */
export const newMessage = {
  MessageBody: z.string(),
  /** Its bounds are each message's own: in a batch, the others are sent. */
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributes.optional(),
};

/**
 * Checks a message's text, delay and attributes; its size is the queue's to check.
 *
 * @throws AwsError `InvalidMessageContents`, `InvalidParameterValueException`,
 * `MissingRequiredParameterException`.
 */
export function newMessageOf(
  input: z.infer<z.ZodObject<typeof newMessage>>,
  senderId: string,
): NewMessage {
  const { MessageBody, DelaySeconds, MessageAttributes = {} } = input;
  requireValidBody(MessageBody);
  requireValidDelay(DelaySeconds);
  requireValidAttributes(MessageAttributes);
  return {
    body: MessageBody,
    attributes: MessageAttributes,
    senderId,
    ...(DelaySeconds !== undefined && { delaySeconds: DelaySeconds }),
  };
}

/** What is answered about a message that was sent. */
export function sentMessage(message: Message): Structure {
  const digests = digestsOf(message);
  return {
    MessageId: message.id,
    MD5OfMessageBody: digests.body,
    ...(digests.attributes !== undefined && { MD5OfMessageAttributes: digests.attributes }),
  };
}

function requireValidDelay(seconds = 0): void {
  if (seconds < 0 || seconds > maxDelaySeconds) {
    const reason = `DelaySeconds must be >= 0 and <= ${maxDelaySeconds}.`;
    throw invalidValue("DelaySeconds", seconds, reason);
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
