import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { eventSource } from "../../../handlers/events/stack-events";
import { connect } from "../../../tests/e2e/support/stack";
import { type ConsumedEvent, ruleQueuePolicy, takeEvents } from "./consumed-events";

/** What a local run writes for tools. */
interface Endpoints {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  aws: string;
}

const targetId = "queue";

/**
 * What a consumer of a stack's events has: a queue, and a rule on the stack's bus that sends them there. It outlasts
 * the runs that it is made in.
 */
export class Subscription {
  /** All that has arrived so far, what came twice as well. */
  readonly events: ConsumedEvent[] = [];
  readonly #name = `soak-${randomUUID()}`;
  readonly #dataDir: string;

  private constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /**
   * Subscribes to a local run.
   *
   * @returns nothing where the stack has no bus.
   */
  static async open(dataDir: string): Promise<Subscription | undefined> {
    if (connect(dataDir).outputs.eventBusName === undefined) {
      return undefined;
    }
    const subscription = new Subscription(dataDir);
    await subscription.#make();
    return subscription;
  }

  /** Receives what has arrived, until there is nothing more. @returns how many events that were. */
  async receive(): Promise<number> {
    const before = this.events.length;
    const { sqs, close } = this.#clients();
    try {
      const QueueUrl = await this.#queueUrl(sqs);
      while ((await takeEvents(sqs, QueueUrl, this.events)) > 0);
    } finally {
      close();
    }
    return this.events.length - before;
  }

  /** Leaves nothing of it. */
  async close(): Promise<void> {
    const { sqs, bus, eventBridge, close } = this.#clients();
    const rule = { Rule: this.#name, EventBusName: bus };
    try {
      await eventBridge.send(new RemoveTargetsCommand({ ...rule, Ids: [targetId] }));
      await eventBridge.send(new DeleteRuleCommand({ Name: this.#name, EventBusName: bus }));
      await sqs.send(new DeleteQueueCommand({ QueueUrl: await this.#queueUrl(sqs) }));
    } finally {
      close();
    }
  }

  async #make(): Promise<void> {
    const { sqs, bus, eventBridge, close } = this.#clients();
    try {
      const QueueUrl = await this.#queueUrl(sqs);
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
      );
      const { QueueArn = "" } = Attributes;
      const EventPattern = JSON.stringify({ source: [eventSource] });
      const { RuleArn = "" } = await eventBridge.send(
        new PutRuleCommand({ Name: this.#name, EventBusName: bus, EventPattern }),
      );
      const Policy = JSON.stringify(ruleQueuePolicy(QueueArn, RuleArn));
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
      await eventBridge.send(
        new PutTargetsCommand({
          Rule: this.#name,
          EventBusName: bus,
          Targets: [{ Id: targetId, Arn: QueueArn }],
        }),
      );
    } finally {
      close();
    }
  }

  /** Of a run that was started again, ports may be others. */
  #clients() {
    const text = readFileSync(join(this.#dataDir, "endpoints.json"), "utf8");
    const { aws: endpoint, region, ...credentials } = JSON.parse(text) as Endpoints;
    const options = { endpoint, region, credentials };
    const sqs = new SQSClient(options);
    const eventBridge = new EventBridgeClient(options);
    return {
      sqs,
      eventBridge,
      bus: connect(this.#dataDir).outputs.eventBusName,
      close: () => {
        sqs.destroy();
        eventBridge.destroy();
      },
    };
  }

  /** Of the queue, which is made if it is not there. */
  async #queueUrl(sqs: SQSClient): Promise<string> {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: this.#name }));
    return QueueUrl;
  }
}
