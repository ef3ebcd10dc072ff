import { join } from "node:path";
import { AwsError } from "../aws-error";
import type { PolicyDocument } from "../iam/types";
import { RecordFolder } from "../record-folder";
import { tagProblem } from "../tags";
import type { ServiceOptions } from "../types";
import { refuseFifo } from "./fifo";
import type { Queue } from "./queue";
import { attributeNames, readAttributes, type QueueAttributes } from "./queue-attributes";
import type { QueueDefinition, QueueSettings } from "./queue-definition";
import { redrivePolicyOf } from "./redrive-policy";
import { invalidParameter } from "./sqs-error";

/** A queue as it is kept on disk. */
interface KeptQueue {
  definition: QueueDefinition;
  policy?: PolicyDocument | undefined;
}

/** What there is of queues, as the program makes and changes them, too. */
export interface QueueStore {
  find(name: string): Queue | undefined;
  queueUrl(name: string): string;
  createQueue(definition: QueueDefinition): void;
  restoreQueue(definition: QueueDefinition, policy: PolicyDocument | undefined): void;
  setQueueAttributes(definition: QueueDefinition): void;
  setQueuePolicy(queueUrl: string, policy: string | undefined): void;
  deleteQueue(name: string): void;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const deletedSeconds = 60;

/**
 * Queues as callers of the API make and change them. Those that are made here are there again at the next start;
 * a program's are, as the program says.
 */
export class ManagedQueues {
  readonly #store: QueueStore;
  readonly #clock: () => Date;
  readonly #records: RecordFolder<KeptQueue>;
  readonly #deletedAt = new Map<string, number>();

  /** @param options of SQS, in whose folder no queue has one with a dot in its name. */
  constructor(store: QueueStore, { clock, dataDir }: Pick<ServiceOptions, "clock" | "dataDir">) {
    this.#store = store;
    this.#clock = clock;
    this.#records = new RecordFolder(join(dataDir, "queues.d"));
  }

  /** Has the queues again that callers had made. */
  restore(): void {
    for (const { definition, policy } of this.#records.load()) {
      this.#store.restoreQueue(definition, policy);
    }
  }

  /**
   * Creates a queue. One that is there already is it, if it has what is asked for.
   *
   * @throws AwsError `QueueDeletedRecently`, `QueueNameExists`, `InvalidAttributeName`,
   * `InvalidAttributeValue`, `InvalidParameterValueException`, `NotImplemented`.
   */
  create(name: string, attributes: QueueAttributes, tags: Readonly<Record<string, string>>): void {
    refuseFifo(name, attributes);
    const { definition, policy } = readAttributes(attributes);
    const found = this.#store.find(name);
    if (found) {
      requireSame(found, definition);
      return;
    }
    const deletedAt = this.#deletedAt.get(name) ?? Number.NEGATIVE_INFINITY;
    if (this.#clock().getTime() < deletedAt + deletedSeconds * 1000) {
      throw new AwsError(
        "QueueDeletedRecently",
        `You must wait ${deletedSeconds} seconds after deleting a queue before you can create another with the same name.`,
      );
    }
    this.#store.createQueue({ ...definition, name, tags });
    try {
      this.#setPolicy(name, policy);
    } catch (error) {
      this.#store.deleteQueue(name);
      throw error;
    }
    this.#keep(name);
  }

  /** @throws AwsError `InvalidAttributeName`, `InvalidAttributeValue`, `NotImplemented`. */
  change({ settings }: Queue, attributes: QueueAttributes): void {
    const { definition, policy } = readAttributes(attributes);
    const { name } = settings;
    this.#setPolicy(name, policy);
    if (Object.keys(definition).length > 0) {
      const changed = { ...definitionOf(settings), ...definition };
      const { redrivePolicy, ...others } = changed;
      this.#store.setQueueAttributes(redrivePolicy === "" ? others : changed);
    }
    if (this.#records.has(name)) {
      this.#keep(name);
    }
  }

  /**
   * Gives a queue other tags than it had.
   *
   * @throws AwsError `InvalidParameterValueException`.
   */
  retag({ settings }: Queue, tags: Readonly<Record<string, string>>): void {
    const problem = tagProblem(tags);
    if (problem !== undefined) {
      throw invalidParameter(`Invalid tags: ${problem}.`);
    }
    this.#store.setQueueAttributes({ ...definitionOf(settings), tags });
    if (this.#records.has(settings.name)) {
      this.#keep(settings.name);
    }
  }

  delete({ settings: { name } }: Queue): void {
    this.#store.deleteQueue(name);
    this.#records.remove(name);
    this.#deletedAt.set(name, this.#clock().getTime());
  }

  #setPolicy(name: string, policy: string | undefined): void {
    if (policy !== undefined) {
      this.#store.setQueuePolicy(this.#store.queueUrl(name), policy === "" ? undefined : policy);
    }
  }

  #keep(name: string): void {
    const queue = this.#store.find(name);
    if (queue) {
      const { settings, policy } = queue;
      this.#records.put(name, { definition: definitionOf(settings), policy });
    }
  }
}

function definitionOf({ deadLetters, ...settings }: QueueSettings): QueueDefinition {
  return {
    ...settings,
    ...(deadLetters && { redrivePolicy: redrivePolicyOf(deadLetters) }),
  };
}

/** @throws AwsError `QueueNameExists`. */
function requireSame({ settings }: Queue, asked: Omit<QueueDefinition, "name" | "tags">): void {
  const there = definitionOf(settings);
  const members = Object.keys(attributeNames) as (keyof typeof attributeNames)[];
  const other = members.find(
    (member) => asked[member] !== undefined && asked[member] !== there[member],
  );
  if (other) {
    throw new AwsError(
      "QueueNameExists",
      `A queue already exists with the same name and a different value for attribute ${attributeNames[other]}`,
    );
  }
}
