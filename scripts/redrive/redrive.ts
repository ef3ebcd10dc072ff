import { InvokeCommand } from "@aws-sdk/client-lambda";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { z } from "zod";
import type { Connection } from "./connect";
import {
  type FailedBatch,
  type FailedEvent,
  parseDiscardedBatch,
  parseFailureRecord,
} from "../../local/aws/lambda/failure-record";
import { readBatch } from "./read-batch";

export interface RedriveRequest extends Connection {
  dryRun: boolean;
  /** Most messages that are looked at. Default: all. */
  max?: number;
  /** Ends it after the message that is being worked on. */
  signal: AbortSignal;
  print: (line: string) => void;
}

/** What became of the messages. */
export interface Summary {
  /** Events that were replayed; in a dry run, that would be. */
  redriven: number;
  /** Messages that could not be replayed. */
  left: number;
}

/**
 * Longer than any function runs, so that no message is received again while its function does.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
const visibilitySeconds = 16 * 60;

/** What Lambda answers when a function failed. */
const errorPayload = z.object({ errorType: z.string() });

/** What a function answers that has failed on some records of a stream. */
const batchAnswer = z.object({ batchItemFailures: z.array(z.unknown()).min(1) });

/** What a function gave up: an event, or records of a stream. */
type Failed = FailedBatch | FailedEvent;

/**
 * Replays the events in the failure queue, one by one and waiting for each: a message is deleted
 * when its function has succeeded. All others are visible again at the end, and not before, so that
 * none is looked at twice. No payload is printed.
 */
export async function redrive(request: RedriveRequest): Promise<Summary> {
  const { max = Number.POSITIVE_INFINITY, dryRun, print, signal } = request;
  const kept = new Map<string | undefined, Message>();
  const summary: Summary = { redriven: 0, left: 0 };
  try {
    while (summary.redriven + summary.left < max && !signal.aborted) {
      const message = await receive(request);
      if (!message || kept.has(message.MessageId)) {
        break;
      }
      kept.set(message.MessageId, message);
      const body = message.Body ?? "";
      const event = parseFailureRecord(body) ?? parseDiscardedBatch(body);
      const problem = event ? await replay(request, event) : "it is no record of a failed event";
      if (problem === undefined && !dryRun) {
        await remove(request, message);
        kept.delete(message.MessageId);
      }
      summary[problem === undefined ? "redriven" : "left"] += 1;
      print(`${nameOf(message, event)}: ${problem ? `left, as ${problem}` : done(dryRun)}`);
    }
  } finally {
    await Promise.all([...kept.values()].map((message) => release(request, message)));
  }
  print(`${summary.redriven} ${done(dryRun)}, ${summary.left} left.`);
  return summary;
}

function done(dryRun: boolean): string {
  return dryRun ? "would be redriven" : "redriven";
}

function nameOf({ MessageId = "" }: Message, event: Failed | undefined): string {
  return event ? `${MessageId} (${event.functionName}, request ${event.requestId})` : MessageId;
}

/** @returns why the event could not be replayed; `undefined` when it was, or in a dry run. */
async function replay(request: RedriveRequest, failed: Failed): Promise<string | undefined> {
  if (request.dryRun) {
    return undefined;
  }
  const { lambda, streams, signal } = request;
  try {
    const payload = "payload" in failed ? failed.payload : await readBatch(streams, failed);
    const { FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: failed.functionArn, Payload: payload }),
      { abortSignal: signal },
    );
    if (FunctionError) {
      return `the function failed with ${errorType(Payload)}`;
    }
    return "payload" in failed || isDone(Payload) ? undefined : "the function failed on records";
  } catch (error) {
    return `the function could not be invoked: ${String(error)}`;
  }
}

function isDone(payload: Uint8Array | undefined): boolean {
  const text = Buffer.from(payload ?? []).toString();
  return !batchAnswer.safeParse(text === "" ? {} : JSON.parse(text)).success;
}

/** The message of an error may quote the payload; its type does not. */
function errorType(payload: Uint8Array | undefined): string {
  const text = Buffer.from(payload ?? []).toString();
  const { errorType } = errorPayload.safeParse(JSON.parse(text)).data ?? {};
  return errorType ?? "an error";
}

async function receive({ sqs, queueUrl, signal }: RedriveRequest): Promise<Message | undefined> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      VisibilityTimeout: visibilitySeconds,
      // Without a wait, SQS asks a few of its servers only, and may find nothing.
      WaitTimeSeconds: 1,
    }),
    { abortSignal: signal },
  );
  return Messages[0];
}

async function remove({ sqs, queueUrl }: RedriveRequest, message: Message): Promise<void> {
  const { ReceiptHandle } = message;
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
}

async function release({ sqs, queueUrl }: RedriveRequest, message: Message): Promise<void> {
  const { ReceiptHandle } = message;
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
  );
}
