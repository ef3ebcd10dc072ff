import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error";
import type { PolicyDocument } from "../iam/types";
import type { MetricSink } from "../types";
import { Changes } from "./changes";
import { hidden, sizeOf, type Message, type NewMessage } from "./message";
import { Messages } from "./messages";
import type { QueueSettings } from "./queue-definition";
import { readReceiptHandle } from "./receipt-handle";
import { invalidParameter, invalidValue } from "./sqs-error";

export interface QueueOptions {
  arn: string;
  settings: QueueSettings;
  /** Folder for the queue's messages. */
  folder: string;
  clock: () => Date;
  metrics: MetricSink;
  /** The queue under an ARN now, for messages that end there; none: they stay. */
  deadLetterQueue: (arn: string) => Queue | undefined;
}

/** What a receiver asks for. */
export interface ReceiveRequest {
  /** 1–10. */
  maxMessages: number;
  /** 0–43,200. @default the queue's */
  visibilityTimeoutSeconds?: number;
  /** 0–20. @default the queue's */
  waitSeconds?: number;
}

/** How many messages a queue has; each counts once. */
export interface Depth {
  visible: number;
  /** Received, and neither deleted nor visible again. */
  inFlight: number;
  /** Not yet visible for the first time. */
  delayed: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const maxVisibilitySeconds = 43_200;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const purgeIntervalSeconds = 60;

/**
 * A standard queue. Its messages are on disk before a send is answered. SQS may deliver messages
 * twice and in another order than they were sent; here nothing but a receiver causes that.
 */
export class Queue {
  readonly arn: string;
  readonly createdAt: Date;
  readonly #options: QueueOptions;
  readonly #messages: Messages;
  readonly #changes = new Changes();
  #settings: QueueSettings;
  #policy: PolicyDocument | undefined;
  #modifiedAt: Date;
  #purgedAt = Number.NEGATIVE_INFINITY;

  /** Opens the queue with the messages that an earlier run left. */
  constructor(options: QueueOptions) {
    const { arn, settings, clock } = options;
    this.#options = options;
    this.arn = arn;
    this.#settings = settings;
    this.createdAt = clock();
    this.#modifiedAt = this.createdAt;
    const retentionSeconds = () => this.#settings.retentionSeconds;
    this.#messages = new Messages({ ...options, retentionSeconds });
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  /** Gives it other attributes, which its messages and those who wait for them outlast. */
  change(settings: QueueSettings): void {
    this.#settings = settings;
    this.#modifiedAt = this.#options.clock();
  }

  get policy(): PolicyDocument | undefined {
    return this.#policy;
  }

  setPolicy(policy: PolicyDocument | undefined): void {
    this.#policy = policy;
    this.#modifiedAt = this.#options.clock();
  }

  /** When its attributes were last set. */
  get modifiedAt(): Date {
    return this.#modifiedAt;
  }

  /** @throws AwsError `InvalidParameterValueException` for a message that is too long. */
  send(message: NewMessage): Message {
    const { maximumMessageBytes } = this.settings;
    if (sizeOf(message) > maximumMessageBytes) {
      throw invalidParameter(
        `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageBytes} bytes.`,
      );
    }
    const { delaySeconds = this.settings.delaySeconds, ...content } = message;
    const sentAt = this.#now;
    const visibleAt = sentAt + delaySeconds * 1000;
    const sent = this.#messages.add({
      ...content,
      id: randomUUID(),
      sentAt,
      visibleAt,
      receiveCount: 0,
    });
    this.#put("NumberOfMessagesSent", 1);
    this.#announceChange();
    return sent;
  }

  /**
   * Waits for messages, and hides them from others.
   *
   * @param signal ends the wait, as the receiver is gone; then no message is hidden.
   */
  async receive(request: ReceiveRequest, signal: AbortSignal): Promise<Message[]> {
    const { waitSeconds = this.settings.receiveWaitSeconds } = request;
    const deadline = performance.now() + waitSeconds * 1000;
    while (!signal.aborted) {
      const messages = this.#take(request);
      const leftMs = deadline - performance.now();
      if (messages.length > 0 || leftMs <= 0) {
        return messages;
      }
      await this.#changes.next(Math.min(leftMs, this.#untilVisibleMs()), signal);
    }
    return [];
  }

  /**
   * Deletes a message. One that is gone, or that someone else has received since, is none of the
   * caller's any more; that is no error.
   *
   * @throws AwsError `ReceiptHandleIsInvalid`.
   */
  delete(handle: string): void {
    const message = this.#receivedBy(handle);
    if (message) {
      this.#messages.remove(message);
      this.#announceChange();
    }
  }

  /**
   * Makes a message that was received visible to others in `seconds`. Unlike a deletion, SQS does so by a
   * receipt that is not the latest, too, and of a message that is visible again.
   *
   * @throws AwsError `ReceiptHandleIsInvalid`, `InvalidParameterValueException`.
   */
  changeVisibility(handle: string, seconds: number): void {
    const message = this.#messages.get(readReceiptHandle(this.arn, handle).messageId);
    if (!message) {
      const reason = "Message does not exist or is not available for visibility timeout change.";
      throw invalidValue("ReceiptHandle", handle, reason);
    }
    const visibleAt = this.#now + seconds * 1000;
    if (visibleAt > (message.receivedAt ?? 0) + maxVisibilitySeconds * 1000) {
      const reason = `Total VisibilityTimeout for the message is beyond the limit [${maxVisibilitySeconds} seconds]`;
      throw invalidValue("VisibilityTimeout", seconds, reason);
    }
    this.#messages.update({ ...message, visibleAt });
    this.#announceChange();
  }

  /** @throws AwsError `PurgeQueueInProgress` within a minute of the last time. */
  purge(): void {
    if (this.#now < this.#purgedAt + purgeIntervalSeconds * 1000) {
      throw new AwsError(
        "PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${this.settings.name} is allowed every ${purgeIntervalSeconds} seconds.`,
        403,
      );
    }
    this.#purgedAt = this.#now;
    for (const message of this.#messages.all()) {
      this.#messages.remove(message);
    }
    this.#announceChange();
  }

  /**
   * Moves what is visible to other queues, where it counts as never received; each message stays
   * here until it is there.
   *
   * @param destinationOf finds the queue for a message, by the ARN of the queue that gave it up.
   * @returns how many were moved.
   */
  moveWaiting(destinationOf: (origin: string | undefined) => Queue): number {
    const waiting = this.#messages.all().filter(({ visibleAt }) => visibleAt <= this.#now);
    const moves = waiting.map((message) => ({ message, to: destinationOf(message.sourceArn) }));
    for (const { message, to } of moves) {
      to.#messages.add({ ...asSent(message), visibleAt: this.#now, receiveCount: 0 });
      to.#announceChange();
      this.#messages.remove(message);
    }
    this.#announceChange();
    return moves.length;
  }

  /** Its messages, oldest first, as they are: none is hidden from receivers by that. */
  peek(): Message[] {
    return this.#messages.all();
  }

  depth(): Depth {
    const depth: Depth = { visible: 0, inFlight: 0, delayed: 0 };
    for (const { visibleAt, receiveCount } of this.#messages.all()) {
      const hidden = receiveCount > 0 ? "inFlight" : "delayed";
      depth[visibleAt <= this.#now ? "visible" : hidden] += 1;
    }
    return depth;
  }

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
  publishDepth(): void {
    this.#put("ApproximateNumberOfMessagesVisible", this.depth().visible);
  }

  #take({ maxMessages, visibilityTimeoutSeconds }: ReceiveRequest): Message[] {
    const seconds = visibilityTimeoutSeconds ?? this.settings.visibilityTimeoutSeconds;
    const taken = this.#messages
      .all()
      .filter((message) => message.visibleAt <= this.#now && !this.#giveUp(message))
      .slice(0, maxMessages)
      .map((message) => this.#messages.update(hidden(message, this.#now, seconds)));
    if (taken.length > 0) {
      this.#announceChange();
    }
    return taken;
  }

  /** Moves a message that was received too often; it stays here until it is in the other queue. */
  #giveUp(message: Message): boolean {
    const { deadLetters } = this.settings;
    const tooOften = deadLetters && message.receiveCount >= deadLetters.maxReceiveCount;
    const deadLetterQueue = tooOften && this.#options.deadLetterQueue(deadLetters.targetArn);
    if (!deadLetterQueue) {
      return false;
    }
    deadLetterQueue.#messages.add({ ...message, sourceArn: this.arn });
    deadLetterQueue.#announceChange();
    this.#messages.remove(message);
    this.#announceChange();
    return true;
  }

  #receivedBy(handle: string): Message | undefined {
    const { messageId, receipt } = readReceiptHandle(this.arn, handle);
    const message = this.#messages.get(messageId);
    return message?.receipt === receipt ? message : undefined;
  }

  #untilVisibleMs(): number {
    const times = this.#messages.all().map(({ visibleAt }) => visibleAt);
    return Math.min(...times) - this.#now;
  }

  #announceChange(): void {
    this.#changes.announce();
    this.publishDepth();
  }

  #put(name: string, value: number): void {
    const dimensions = { QueueName: this.settings.name };
    this.#options.metrics.put({ namespace: "AWS/SQS", name, dimensions, value, unit: "Count" });
  }

  get #now(): number {
    return this.#options.clock().getTime();
  }
}

/** What a message was before anybody received it. */
function asSent(message: Message) {
  const { id, body, attributes, sentAt, senderId, traceHeader, groupId } = message;
  return {
    ...{ id, body, attributes, sentAt },
    ...(senderId !== undefined && { senderId }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(groupId !== undefined && { groupId }),
  };
}
