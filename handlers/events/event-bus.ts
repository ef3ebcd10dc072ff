import { setTimeout } from "node:timers/promises";
import type { Logger } from "@aws-lambda-powertools/logger";
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import type { StackEvent } from "./describe-change";
import { eventSource } from "./stack-events";

/**
 * The most that EventBridge takes in a request. Ten of these events have some 20 KB at most, of the 1 MB
 * that they may have together: ids and keys are bounded, and nothing else of a client's is in them.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const maxEntries = 10;

/** How often an event that the bus does not take is put again at once, and after how long first. */
const attempts = 3;
const firstDelayMs = 100;

/** A bus of events. */
export class EventBus {
  readonly #client: EventBridgeClient;
  readonly #name: string;
  readonly #logger: Logger;

  constructor(client: EventBridgeClient, name: string, logger: Logger) {
    this.#client = client;
    this.#name = name;
    this.#logger = logger;
  }

  /**
   * Puts events on the bus, in their order, until it does not take one.
   *
   * @returns how many of the first events are on it; of those after them, some may be as well.
   */
  async put(events: readonly StackEvent[]): Promise<number> {
    for (let done = 0; done < events.length; done += maxEntries) {
      const entries = events.slice(done, done + maxEntries).map((event) => this.#entryOf(event));
      const first = await this.#putAll(entries);
      if (first !== undefined) {
        return done + first;
      }
    }
    return events.length;
  }

  #entryOf({ detailType, tableArn, occurredAt, detail }: StackEvent): PutEventsRequestEntry {
    return {
      EventBusName: this.#name,
      Source: eventSource,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
      Time: occurredAt,
      Resources: [tableArn],
    };
  }

  /** @returns which of the entries is the first that the bus has not taken. */
  async #putAll(entries: readonly PutEventsRequestEntry[]): Promise<number | undefined> {
    let left = [...entries.keys()];
    for (let attempt = 1; ; attempt++) {
      left = await this.#refused(entries, left);
      if (left.length === 0 || attempt === attempts) {
        return left[0];
      }
      await setTimeout(firstDelayMs * 2 ** (attempt - 1));
    }
  }

  /** Puts some of the entries. @returns which of them the bus has not taken. */
  async #refused(entries: readonly PutEventsRequestEntry[], some: number[]): Promise<number[]> {
    try {
      const Entries = some.flatMap((index) => entries[index] ?? []);
      const { Entries: results = [] } = await this.#client.send(new PutEventsCommand({ Entries }));
      const codes = some.map((_, position) => results[position]?.ErrorCode);
      const isTaken = (position: number) => results[position]?.EventId !== undefined;
      const refused = some.filter((_, position) => !isTaken(position));
      if (refused.length > 0) {
        this.#logger.warn("events refused", { codes: [...new Set(codes)].filter(Boolean) });
      }
      return refused;
    } catch (error) {
      this.#logger.error("events not put", { error });
      return some;
    }
  }
}
