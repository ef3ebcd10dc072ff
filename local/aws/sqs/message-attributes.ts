import { createHash } from "node:crypto";
import { z } from "zod";
import { invalidParameter } from "./sqs-error";

/** One attribute that a sender gave a message. Lists of values are not implemented by SQS either. */
const messageAttribute = z.strictObject({
  /** `String`, `Number` or `Binary`, with a label of the sender's own such as `Number.int`. */
  DataType: z.string(),
  StringValue: z.string().optional(),
  /** In base64. */
  BinaryValue: z.string().optional(),
});

/** The `MessageAttributes` of an input. */
export const messageAttributes = z.record(z.string(), messageAttribute);

type MessageAttribute = z.infer<typeof messageAttribute>;
/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const maxAttributes = 10;

/**
 * Checks attributes as SendMessage does.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 *
 * @throws AwsError `InvalidParameterValueException`.
 */
export function requireValidAttributes(attributes: MessageAttributes): void {
  if (Object.keys(attributes).length > maxAttributes) {
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [${maxAttributes}].`,
    );
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!/^(?!AWS\.|Amazon\.|\.)(?!.*\.\.)[\p{L}\p{N}_.-]{1,256}(?<!\.)$/iu.test(name)) {
      throw invalidParameter(`Message (user) attribute name '${name}' is invalid.`);
    }
    requireValidAttribute(name, attribute);
  }
}

function requireValidAttribute(name: string, attribute: MessageAttribute): void {
  const { DataType, StringValue, BinaryValue } = attribute;
  const [, type] = /^(String|Number|Binary)(?:\..{1,256})?$/.exec(DataType) ?? [];
  if (type === undefined) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const [value, other] =
    type === "Binary" ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (!value || other !== undefined) {
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`,
    );
  }
  if (type !== "Binary" && !hasAllowedCharacters(value)) {
    throw invalidParameter(
      `Message (user) attribute '${name}' contains characters outside the allowed set.`,
    );
  }
  if (type === "Number" && !Number.isFinite(Number(value))) {
    throw invalidParameter(`Can't cast the value of message attribute '${name}' to a number.`);
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function hasAllowedCharacters(text: string): boolean {
  return /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text);
}

/** Bytes of names, types and values, all of which count. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes)
    .map(
      ([name, attribute]) =>
        Buffer.byteLength(name) +
        Buffer.byteLength(attribute.DataType) +
        valueOf(attribute).bytes.length,
    )
    .reduce((sum, size) => sum + size, 0);
}

/**
 * The digest that SDKs compare.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const hash = createHash("md5");
  for (const [name, attribute] of Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { transport, bytes } = valueOf(attribute);
    hash.update(withLength(Buffer.from(name)));
    hash.update(withLength(Buffer.from(attribute.DataType)));
    hash.update(Buffer.from([transport]));
    hash.update(withLength(bytes));
  }
  return hash.digest("hex");
}

function valueOf({ StringValue, BinaryValue = "" }: MessageAttribute): {
  transport: 1 | 2;
  bytes: Buffer;
} {
  return StringValue === undefined
    ? { transport: 2, bytes: Buffer.from(BinaryValue, "base64") }
    : { transport: 1, bytes: Buffer.from(StringValue) };
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
