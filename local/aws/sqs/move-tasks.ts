import { randomUUID } from "node:crypto";
import { AwsError } from "../aws-error";
import type { Queue } from "./queue";

/** Messages of a dead-letter queue that went back. */
export interface MoveTask {
  handle: string;
  sourceArn: string;
  /** Where all went; none: each to the queue that it came from. */
  destinationArn?: string | undefined;
  moved: number;
  startedAt: Date;
}

/** What moving messages needs of the queues. */
export interface MovableQueues {
  all: () => readonly Queue[];
  /** @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`. */
  authorized: (arn: string, action: string) => Queue;
}

/** The tasks of this run that moved messages back; each is done as soon as it has begun. */
export class MoveTasks {
  readonly #tasks: MoveTask[] = [];
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** The tasks whose source is a queue, oldest first. */
  of(sourceArn: string): MoveTask[] {
    return this.#tasks.filter((task) => task.sourceArn === sourceArn);
  }

  /**
   * Moves what waits in a dead-letter queue. What a receiver has at the moment stays.
   *
   * @throws AwsError `InvalidParameterValueException` for a queue that is no dead-letter queue,
   * `ResourceNotFoundException`, `AccessDeniedException`.
   */
  start(queues: MovableQueues, sourceArn: string, destinationArn?: string): MoveTask {
    const source = found("SourceArn", () =>
      queues.authorized(sourceArn, "sqs:StartMessageMoveTask"),
    );
    for (const action of ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]) {
      queues.authorized(sourceArn, action);
    }
    const isDeadLetterQueue = queues
      .all()
      .some(({ settings }) => settings.deadLetters?.targetArn === sourceArn);
    if (!isDeadLetterQueue) {
      throw new AwsError(
        "InvalidParameterValueException",
        "Source queue must be configured as a Dead Letter Queue.",
      );
    }
    const destination = (arn: string) =>
      found("DestinationArn", () => queues.authorized(arn, "sqs:SendMessage"));
    if (destinationArn !== undefined) {
      destination(destinationArn);
    }
    const moved = source.moveWaiting((origin) => destination(destinationArn ?? origin ?? ""));
    const startedAt = this.#clock();
    const text = JSON.stringify({ taskId: randomUUID(), sourceArn });
    const handle = Buffer.from(text).toString("base64");
    const task = { handle, sourceArn, destinationArn, moved, startedAt };
    this.#tasks.push(task);
    return task;
  }
}

function found(parameter: string, find: () => Queue): Queue {
  try {
    return find();
  } catch (error) {
    if (error instanceof AwsError && error.code === "QueueDoesNotExist") {
      throw new AwsError(
        "ResourceNotFoundException",
        `The resource that you specified for the ${parameter} parameter doesn't exist.`,
        404,
      );
    }
    throw error;
  }
}
