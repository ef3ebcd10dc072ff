import { parseFailureRecord } from "../../aws/lambda/failure-record";
import type { Message } from "../../aws/sqs/message";
import type { Queue } from "../../aws/sqs/queue";
import { receiptHandle } from "../../aws/sqs/receipt-handle";
import type { PageSources } from "../sources";
import type { Redriven } from "./types";

/** What redriving needs. */
export interface RedriveOptions extends Pick<PageSources, "invoke" | "moveBack"> {
  /** Whether other queues give up messages to this one. */
  isDeadLetterQueue: boolean;
}

/** Longer than any function runs: nobody else gets a message while its function does. */
const visibilityTimeoutSeconds = 16 * 60;

/**
 * Tries again what failed: events that functions gave up are given to them, one by one, and leave the
 * queue once their function has succeeded; what queues gave up goes back to them. All else stays.
 */
export async function redrive(queue: Queue, options: RedriveOptions): Promise<Redriven> {
  const total: Redriven = { redriven: 0, left: [] };
  if (queue.peek().some(isFailedEvent)) {
    await replayAll(queue, options, total);
  }
  if (options.isDeadLetterQueue) {
    if (queue.peek().every(({ sourceArn }) => sourceArn !== undefined)) {
      total.redriven += options.moveBack(queue.arn);
    } else {
      total.left.push("there are messages that no queue has given up");
    }
  }
  return total;
}

function isFailedEvent({ body }: Message): boolean {
  return parseFailureRecord(body) !== undefined;
}

async function replayAll(queue: Queue, options: RedriveOptions, total: Redriven): Promise<void> {
  const kept: Message[] = [];
  try {
    for (;;) {
      const [message] = await queue.receive(
        { maxMessages: 1, visibilityTimeoutSeconds, waitSeconds: 0 },
        AbortSignal.timeout(1000),
      );
      if (!message) {
        return;
      }
      const problem = await replay(message, options);
      if (problem === undefined) {
        queue.delete(receiptHandle(queue.arn, message));
        total.redriven += 1;
      } else {
        kept.push(message);
        total.left.push(...(problem === "" ? [] : [problem]));
      }
    }
  } finally {
    for (const message of kept) {
      queue.changeVisibility(receiptHandle(queue.arn, message), 0);
    }
  }
}

/** @returns why the event could not be replayed; empty where the message is none of a function. */
async function replay(message: Message, { invoke }: RedriveOptions): Promise<string | undefined> {
  const event = parseFailureRecord(message.body);
  if (!event) {
    return "";
  }
  try {
    const { functionError } = await invoke(event.functionArn, event.payload);
    return functionError && `${event.functionName} failed again`;
  } catch (error) {
    return `${event.functionName} could not be invoked: ${String(error)}`;
  }
}
