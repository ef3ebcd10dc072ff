import type { SQSClient } from "@aws-sdk/client-sqs";
import type { RunningCloud } from "../../local/cloud";
import {
  type ConsumedEvent,
  ruleQueuePolicy,
  takeEvents,
} from "../../scripts/soak/events/consumed-events";

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
    services.sqs.setQueuePolicy(url, ruleQueuePolicy(arn, rule.arn));
    services.events.putTarget("all", { id: "queue", arn }, busName);
  }

  /**
   * Receives what has arrived.
   *
   * @returns whether there was anything.
   */
  async receive(): Promise<boolean> {
    return (await takeEvents(this.#sqs, this.#queueUrl, this.events)) > 0;
  }
}
