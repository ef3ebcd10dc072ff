import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** An event as a consumer gets it. */
export interface ConsumedEvent {
  id: string;
  source: string;
  "detail-type": string;
  time: string;
  resources: string[];
  detail: Record<string, unknown> & { eventId: string };
}

/**
 * Takes up to ten events that have arrived in a queue, and waits a second for the first.
 *
 * @param onto where they are added, before the queue is told that they may go: what is told twice is no loss.
 * @returns how many there were.
 */
export async function takeEvents(
  sqs: SQSClient,
  QueueUrl: string,
  onto: ConsumedEvent[],
): Promise<number> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  onto.push(...Messages.map(({ Body = "" }) => JSON.parse(Body) as ConsumedEvent));
  if (Messages.length > 0) {
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
  return Messages.length;
}

/** The policy of a queue that a rule, and nobody else, may send to. */
export function ruleQueuePolicy(queueArn: string, ruleArn: string) {
  return {
    Version: "2012-10-17" as const,
    Statement: [
      {
        Effect: "Allow" as const,
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
      },
    ],
  };
}
