import type { Principal } from "../iam/types";
import { sizeOfAttributes, type MessageAttributes } from "./message-attributes";
import { invalidParameter } from "./sns-error";

/** Bytes of the text in UTF-8, and of the attributes. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const maxMessageBytes = 262_144;

/** A message to a topic. */
export interface PublishRequest {
  topicArn: string;
  /** At most 100 characters, none of them a control character. */
  subject?: string;
  /** At most 256 KB, with the attributes. */
  message: string;
  /** `json`: the message is a JSON object of texts by protocol, and `default`. */
  messageStructure?: string;
  /** @default none */
  attributes?: MessageAttributes;
  principal: Principal;
  /** ARN of the resource on whose behalf a service publishes. */
  sourceArn?: string;
}

/** @throws AwsError `InvalidParameter`, as Publish answers it. */
export function validatePublish(request: PublishRequest): void {
  const { subject, message } = request;
  if (message === "") {
    throw invalidParameter("Empty message");
  }
  if (sizeOf(request) > maxMessageBytes) {
    throw invalidParameter("Message too long");
  }
  if (subject !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(subject)) {
    throw invalidParameter("Subject");
  }
  // Whoever subscribes.
  messageFor("default", request);
}

/** Bytes that count against the limit. */
export function sizeOf({ message, attributes = {} }: Omit<PublishRequest, "principal">): number {
  return Buffer.byteLength(message) + sizeOfAttributes(attributes);
}

/**
 * The text for subscribers of `protocol`.
 *
 * @throws AwsError `InvalidParameter` for a structured message without a text for everybody.
 */
export function messageFor(protocol: string, request: PublishRequest): string {
  if (request.messageStructure === undefined) {
    return request.message;
  }
  if (request.messageStructure !== "json") {
    throw invalidParameter("MessageStructure");
  }
  const texts = parseTexts(request.message);
  if (typeof texts.default !== "string") {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
  const text = texts[protocol];
  return typeof text === "string" ? text : texts.default;
}

function parseTexts(message: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(message)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw invalidParameter("Message Structure - JSON message body failed to parse");
    }
    throw error;
  }
}
