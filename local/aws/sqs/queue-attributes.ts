import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { requireStandardAttribute } from "./fifo";
import { invalidAttribute, type QueueDefinition } from "./queue-definition";

/** Attributes of a queue, by their names in the API. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** What attributes say: of a queue, or what is to change of it. */
export interface StatedAttributes {
  definition: Omit<QueueDefinition, "name" | "tags">;
  /** JSON text; empty where it is to go. */
  policy?: string;
}

type Members = StatedAttributes["definition"];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const readers: Readonly<Record<string, (text: string, name: string) => Members>> = {
  DelaySeconds: (text, name) => ({ delaySeconds: integer(text, name) }),
  MaximumMessageSize: (text, name) => ({ maximumMessageBytes: integer(text, name) }),
  MessageRetentionPeriod: (text, name) => ({ retentionSeconds: integer(text, name) }),
  ReceiveMessageWaitTimeSeconds: (text, name) => ({ receiveWaitSeconds: integer(text, name) }),
  RedrivePolicy: (redrivePolicy) => ({ redrivePolicy }),
  SqsManagedSseEnabled: (text, name) => ({ sqsManagedSse: boolean(text, name) }),
  VisibilityTimeout: (text, name) => ({ visibilityTimeoutSeconds: integer(text, name) }),
};

const notEmulatedNames = new Set([
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "RedriveAllowPolicy",
]);

/** The names in the API of what definitions hold. */
export const attributeNames: Readonly<Record<keyof Members, string>> = {
  delaySeconds: "DelaySeconds",
  maximumMessageBytes: "MaximumMessageSize",
  receiveWaitSeconds: "ReceiveMessageWaitTimeSeconds",
  redrivePolicy: "RedrivePolicy",
  retentionSeconds: "MessageRetentionPeriod",
  sqsManagedSse: "SqsManagedSseEnabled",
  visibilityTimeoutSeconds: "VisibilityTimeout",
};

/** @throws AwsError `InvalidAttributeName`, `InvalidAttributeValue`, `NotImplemented`. */
export function readAttributes({ Policy, ...others }: QueueAttributes): StatedAttributes {
  const members = Object.entries(others).map(([name, text]) => readerOf(name)(text, name));
  return {
    definition: Object.assign({}, ...members) as Members,
    ...(Policy !== undefined && { policy: Policy }),
  };
}

function readerOf(name: string) {
  requireStandardAttribute(name);
  if (notEmulatedNames.has(name)) {
    throw notEmulated(`the attribute ${name} of queues`);
  }
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!reader) {
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
  }
  return reader;
}

function integer(text: string, name: string): number {
  if (!/^\d{1,10}$/.test(text)) {
    throw invalidAttribute(name);
  }
  return Number(text);
}

function boolean(text: string, name: string): boolean {
  if (text !== "true" && text !== "false") {
    throw invalidAttribute(name);
  }
  return text === "true";
}
