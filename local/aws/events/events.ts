import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Service, ServiceBus, ServiceEvent, ServiceOptions } from "../types";
import { Buses, type Bus } from "./buses";
import { KeptRules } from "./kept-rules";
import { refusalOf, requireSize, type PutEventsEntry } from "./put-events";
import type { Rule, RuleDefinition, TargetDefinition } from "./rule";
import { defaultBus } from "./rule";
import { sendTo, type TargetOptions } from "./targets";

export interface EventsOptions extends ServiceOptions, Omit<TargetOptions, "notify"> {}

/** What came of one event of a request. */
export type PutEventsResult = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

const internalFailure = { ErrorCode: "InternalFailure", ErrorMessage: "Internal failure" };

/** Node cannot wait for longer. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * EventBridge: buses that events are put on, and rules that send them, and what is due by a schedule, to
 * functions and queues.
 *
 * The API takes events, makes rules and their targets, and shows buses. Buses and the rules of a program live in
 * memory: as a new rule does, one that is created again at the next start fires when its time has passed once. An
 * event that was answered for is with all its targets, and survives a kill there.
 */
export class Events implements Service, ServiceBus {
  readonly buses: Buses;
  /** Of the API's callers. */
  readonly kept: KeptRules;
  readonly #options: EventsOptions;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #firing: Promise<void> = Promise.resolve();

  constructor(options: EventsOptions) {
    this.#options = options;
    this.kept = new KeptRules(join(options.dataDir, "rules"));
    this.buses = new Buses(options, this.kept);
  }

  start(): Promise<void> {
    this.#running = true;
    this.#schedule();
    return Promise.resolve();
  }

  /** Resolves when events on their way have arrived. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    await this.#firing;
  }

  /**
   * Creates a rule, or replaces the one of that name; its targets stay.
   *
   * @throws AwsError `ValidationException`, `InvalidEventPatternException`, `ResourceNotFoundException`;
   * `NotImplemented` for `cron()`.
   */
  putRule(definition: RuleDefinition): void {
    this.buses.putRule(definition);
    this.#schedule();
  }

  /**
   * Adds a target to a rule, or replaces the one of that id. Whether the rule may reach it shows when it
   * does, as on AWS.
   *
   * @throws AwsError `ResourceNotFoundException`, `ValidationException`, `LimitExceededException`.
   */
  putTarget(ruleName: string, target: TargetDefinition, bus = defaultBus): void {
    this.buses.rule(ruleName, bus).putTarget(target);
  }

  /**
   * Deletes a rule; one that is gone already is no error.
   *
   * @throws AwsError `ValidationException` when it still has targets.
   */
  deleteRule(name: string, bus = defaultBus): void {
    this.buses.deleteRule(name, bus);
    this.kept.forget(bus, name);
    this.#schedule();
  }

  /** Removes a target that a rule may have. */
  removeTarget(ruleName: string, targetId: string, bus = defaultBus): void {
    this.buses.find(bus)?.rules.get(ruleName)?.targets.delete(targetId);
  }

  /**
   * Puts events on their buses. Resolves when they are with all targets of the rules that they match.
   *
   * @param isRefused whether an event is to fail by a fault.
   * @returns what came of each, in their order.
   * @throws AwsError `ValidationException` when they are too large together.
   */
  async putEvents(
    entries: readonly PutEventsEntry[],
    isRefused: () => boolean = () => false,
  ): Promise<PutEventsResult[]> {
    requireSize(entries);
    return Promise.all(entries.map((entry) => this.#put(entry, isRefused())));
  }

  async #put(entry: PutEventsEntry, isRefused: boolean): Promise<PutEventsResult> {
    const refusal = isRefused ? internalFailure : refusalOf(entry);
    if (refusal) {
      return refusal;
    }
    const { clock, notify } = this.#options;
    const id = randomUUID();
    const { EventBusName = defaultBus } = entry;
    const bus = this.buses.find(EventBusName);
    if (!bus) {
      // Whoever put it is not told, as at AWS. https://github.com/aws/aws-sdk/issues/186
      notify(`The event ${id} is lost: there is no event bus ${EventBusName}.`);
      return { EventId: id };
    }
    const event = this.#event({
      id,
      source: entry.Source,
      "detail-type": entry.DetailType,
      time: entry.Time === undefined ? clock() : new Date(entry.Time * 1000),
      resources: entry.Resources ?? [],
      detail: JSON.parse(entry.Detail ?? "{}"),
    });
    await this.#publish(bus, event);
    return { EventId: id };
  }

  /** Puts what a service says on the account's own bus. Resolves as {@link Events.putEvents}. */
  async emit({ source, detailType, resources, detail }: ServiceEvent): Promise<void> {
    const event = this.#event({
      id: randomUUID(),
      source,
      "detail-type": detailType,
      time: this.#options.clock(),
      resources,
      detail,
    });
    await this.#publish(this.buses.bus(), event);
  }

  /** Sends the events that are due now. Resolves when the targets have them. */
  async fire(): Promise<void> {
    const now = this.#options.clock();
    const due = this.#rules().filter((rule) => rule.dueAt <= now.getTime());
    for (const rule of due) {
      rule.advance(now);
    }
    await Promise.all(
      due.map((rule) => {
        const scheduled = {
          id: randomUUID(),
          source: "aws.events",
          "detail-type": "Scheduled Event",
          time: now,
          resources: [rule.arn],
          detail: {},
        };
        return this.#send([rule], this.#event(scheduled));
      }),
    );
  }

  #rules(): Rule[] {
    return this.buses.all().flatMap(({ rules }) => [...rules.values()]);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const dueAt = Math.min(...this.#rules().map((rule) => rule.dueAt));
    if (!this.#running || dueAt === Number.POSITIVE_INFINITY) {
      return;
    }
    const delayMs = Math.min(dueAt - this.#options.clock().getTime(), maxDelayMs);
    this.#timer = setTimeout(() => {
      this.#firing = this.fire();
      this.#schedule();
    }, delayMs).unref();
  }

  /** @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
  #event({ time, ...members }: { time: Date } & Record<string, unknown>): object {
    const { accountId, region } = this.#options.account;
    return {
      version: "0",
      ...members,
      account: accountId,
      time: time.toISOString().replace(/\.\d+Z$/, "Z"),
      region,
    };
  }

  async #publish({ rules }: Bus, event: object): Promise<void> {
    const matching = [...rules.values()].filter((rule) => rule.matches(event));
    await this.#send(matching, event);
  }

  async #send(rules: readonly Rule[], event: object): Promise<void> {
    const text = JSON.stringify(event);
    await Promise.all(
      rules.flatMap((rule) =>
        [...rule.targets.values()].map((target) => sendTo(rule, target, text, this.#options)),
      ),
    );
  }
}
