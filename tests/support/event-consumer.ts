import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { RunningCloud } from "../../local/cloud";

/** An event as a consumer gets it. */
export interface ConsumedEvent {
  id: string;
  source: string;
  "detail-type": string;
  time: string;
  resources: string[];
  detail: Record<string, unknown> & { eventId: string };
}

/** A queue that a rule on the stack's bus sends all events of the stack to, as another stack would have it. */
export class EventConsumer {
  /** All that has arrived so far, what came twice as well. */
  readonly events: ConsumedEvent[] = [];
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor({ services }: RunningCloud, sqs: SQSClient, busName: string) {
    const { arn, url } = services.sqs.createQueue({ name: "event-consumer" });
    this.#queueUrl = url;
    this.#sqs = sqs;
    services.events.putRule({
      name: "all",
      bus: busName,
      eventPattern: JSON.stringify({ source: ["darkroom"] }),
      enabled: true,
    });
    const rule = services.events.buses.rule("all", busName);
    services.sqs.setQueuePolicy(url, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
        },
      ],
    });
    services.events.putTarget("all", { id: "queue", arn }, busName);
  }

  /**
   * Receives what has arrived.
   *
   * @returns whether there was anything.
   */
  async receive(): Promise<boolean> {
    const receive = new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 1,
    });
    const { Messages = [] } = await this.#sqs.send(receive);
    this.events.push(...Messages.map(({ Body = "" }) => JSON.parse(Body) as ConsumedEvent));
    await this.#delete(Messages);
    return Messages.length > 0;
  }

  async #delete(messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) {
      const Entries = messages.map(({ ReceiptHandle }, index) => ({
        Id: String(index),
        ReceiptHandle,
      }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }));
    }
  }
}
