import { z } from "zod";
import { AwsError } from "../aws-error";

/** One attribute of a message. */
const messageAttribute = z.object({
  /** `String`, `String.Array`, `Number` or `Binary`, or one of these with a label of the sender's own. */
  DataType: z.string().optional(),
  StringValue: z.string().optional(),
  /** In base64. */
  BinaryValue: z.string().optional(),
});

/** The `MessageAttributes` of Publish. */
export const messageAttributes = z.record(z.string(), messageAttribute.default({}));

/** Attributes by name. */
type Given = Readonly<z.infer<typeof messageAttributes>>;

/** An attribute, as subscribers are told of it: a binary value in base64. */
export interface MessageAttribute {
  Type: string;
  Value: string;
}

/** Attributes by name. */
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Characters. */
const maxNameLength = 256;

/**
 * Reads attributes as Publish does.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 *
 * @param place of their message among others, as a path that ends with a dot. @default none
 * @throws AwsError `ParameterValueInvalid`, or `ValidationError` for one without a type.
 */
export function readAttributes(given: Given, place = ""): MessageAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, attribute]) => {
      requireValidName(name);
      return [name, readAttribute(name, attribute, place)];
    }),
  );
}

/** Bytes of names, types and values, all of which count. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes)
    .map(([name, { Type, Value }]) => {
      const value = Buffer.byteLength(Value, isBinary(Type) ? "base64" : "utf8");
      return Buffer.byteLength(name) + Buffer.byteLength(Type) + value;
    })
    .reduce((sum, size) => sum + size, 0);
}

function requireValidName(name: string): void {
  if (name.length > maxNameLength) {
    throw invalidValue("Length of message attribute name must be less than 256 bytes.");
  }
  const [character] = /[^\w.-]/.exec(name) ?? [];
  if (character !== undefined) {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    throw invalidValue(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  }
  if (name.startsWith(".")) {
    throw invalidValue("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith(".")) {
    throw invalidValue("Invalid message attribute name ending with character '.' was found.");
  }
  if (name.includes("..")) {
    throw invalidValue("Message attribute name can not have successive '.' character.");
  }
}

function readAttribute(name: string, attribute: Given[string], place: string): MessageAttribute {
  const { DataType: Type } = attribute;
  if (Type === undefined) {
    throw new AwsError(
      "ValidationError",
      `1 validation error detected: Value null at '${place}messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  }
  if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(Type)) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  return { Type, Value: readValue(name, Type, attribute) };
}

function readValue(name: string, type: string, attribute: Given[string]): string {
  const { StringValue, BinaryValue } = attribute;
  const [field, value, other] = isBinary(type)
    ? ["Binary", BinaryValue, StringValue]
    : ["String", StringValue, BinaryValue];
  if (value === undefined && other !== undefined) {
    throw invalidValue(
      `The message attribute '${name}' with type '${type}' must use field '${field}'.`,
    );
  }
  if (!value || other !== undefined) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
    );
  }
  if (type.startsWith("Number") && !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
  return value;
}

function isBinary(type: string): boolean {
  return type.startsWith("Binary");
}

function invalidValue(message: string): AwsError {
  return new AwsError("ParameterValueInvalid", message);
}
