import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { invalidName } from "./fifo";
import { parseRedrivePolicy, type DeadLetters } from "./redrive-policy";

/**
 * What CreateQueue takes.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export interface QueueDefinition {
  /** 1–80 of `A–Z a–z 0–9 - _`. */
  name: string;
  /** Seconds until a new message can be received, 0–900. @default 0 */
  delaySeconds?: number;
  /** Bytes of a message with its attributes, 1,024–1,048,576. @default 1,048,576 */
  maximumMessageBytes?: number;
  /** Seconds that a message is kept, 60–1,209,600. @default 345,600 */
  retentionSeconds?: number;
  /** Seconds that ReceiveMessage waits for a message, 0–20. @default 0 */
  receiveWaitSeconds?: number;
  /** Seconds that a received message is hidden from others, 0–43,200. @default 30 */
  visibilityTimeoutSeconds?: number;
  /** JSON text: where messages go that were received too often. */
  redrivePolicy?: string;
  /** Whether the messages count as encrypted with a key of SQS's own. @default true */
  sqsManagedSse?: boolean;
  /** @default none */
  tags?: Readonly<Record<string, string>>;
}

/** A definition with its defaults filled in. */
export type QueueSettings = Required<Omit<QueueDefinition, "redrivePolicy">> & {
  deadLetters?: DeadLetters;
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const maxMessageBytes = 1_048_576;

const ranges = {
  delaySeconds: { attribute: "DelaySeconds", least: 0, most: 900 },
  maximumMessageBytes: { attribute: "MaximumMessageSize", least: 1024, most: maxMessageBytes },
  retentionSeconds: { attribute: "MessageRetentionPeriod", least: 60, most: 1_209_600 },
  receiveWaitSeconds: { attribute: "ReceiveMessageWaitTimeSeconds", least: 0, most: 20 },
  visibilityTimeoutSeconds: { attribute: "VisibilityTimeout", least: 0, most: 43_200 },
} as const;

/**
 * Checks a definition as CreateQueue does, and fills in the defaults.
 *
 * @throws AwsError `InvalidParameterValueException`, `InvalidAttributeValue`, or `NotImplemented`
 * for a FIFO queue.
 */
export function settingsOf({ redrivePolicy, ...given }: QueueDefinition): QueueSettings {
  const settings = {
    delaySeconds: 0,
    maximumMessageBytes: maxMessageBytes,
    retentionSeconds: 345_600,
    receiveWaitSeconds: 0,
    visibilityTimeoutSeconds: 30,
    sqsManagedSse: true,
    tags: {},
    ...given,
    ...(redrivePolicy !== undefined && { deadLetters: parseRedrivePolicy(redrivePolicy) }),
  };
  requireName(settings.name);
  for (const [member, { attribute, least, most }] of Object.entries(ranges)) {
    const value = settings[member as keyof typeof ranges];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw invalidAttribute(attribute);
    }
  }
  return settings;
}

function requireName(name: string): void {
  if (name.endsWith(".fifo")) {
    throw notEmulated("FIFO queues");
  }
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw invalidName();
  }
}

/** An attribute of a queue that SQS refuses. */
export function invalidAttribute(attribute: string): AwsError {
  return new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${attribute}.`);
}
