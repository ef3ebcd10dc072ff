import { randomUUID } from "node:crypto";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { FunctionInvoker, Service, ServiceOptions } from "../types";
import { Rule } from "./rule";
import type { RuleDefinition, TargetDefinition } from "./rule";

export interface EventsOptions extends ServiceOptions {
  invoker: FunctionInvoker;
}

/** Node cannot wait for longer. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * EventBridge, as far as it runs functions on a schedule: rules on the default bus, with functions
 * as targets.
 *
 * The API shows rules and targets. There is no bus that events could be put on. Rules live in memory: as a new rule does,
 * one that is created again at the next start fires when its time has passed once.
 */
export class Events implements Service {
  readonly #options: EventsOptions;
  readonly #rules = new Map<string, Rule>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #firing: Promise<void> = Promise.resolve();

  constructor(options: EventsOptions) {
    this.#options = options;
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
   * @throws AwsError `ValidationException`; `NotImplemented` for `cron()`.
   */
  putRule(definition: RuleDefinition): void {
    const { account, clock } = this.#options;
    const arn = regionalArn(account, "events", `rule/${definition.name}`);
    const rule = new Rule(definition, arn, clock());
    for (const target of this.#rules.get(definition.name)?.targets.values() ?? []) {
      rule.putTarget(target);
    }
    this.#rules.set(definition.name, rule);
    this.#schedule();
  }

  /**
   * Adds a target to a rule, or replaces the one of that id. Whether the rule may invoke the
   * function shows when it does, as on AWS.
   *
   * @throws AwsError `ResourceNotFoundException`, `ValidationException`, `LimitExceededException`.
   */
  putTarget(ruleName: string, target: TargetDefinition): void {
    this.rule(ruleName).putTarget(target);
  }

  rules(): Rule[] {
    return [...this.#rules.values()];
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  rule(name: string): Rule {
    const rule = this.#rules.get(name);
    if (rule === undefined) {
      throw new AwsError(
        "ResourceNotFoundException",
        `Rule ${name} does not exist on EventBus default.`,
      );
    }
    return rule;
  }

  /**
   * Deletes a rule; one that is gone already is no error.
   *
   * @throws AwsError `ValidationException` when it still has targets.
   */
  deleteRule(name: string): void {
    if ((this.#rules.get(name)?.targets.size ?? 0) > 0) {
      throw new AwsError("ValidationException", "Rule can't be deleted since it has targets.");
    }
    this.#rules.delete(name);
    this.#schedule();
  }

  /** Removes a target that a rule may have. */
  removeTarget(ruleName: string, targetId: string): void {
    this.#rules.get(ruleName)?.targets.delete(targetId);
  }

  /** Sends the events that are due now. Resolves when the functions' events have been queued. */
  async fire(): Promise<void> {
    const now = this.#options.clock();
    const due = [...this.#rules.values()].filter((rule) => rule.dueAt <= now.getTime());
    for (const rule of due) {
      rule.advance(now);
    }
    await Promise.all(
      due.flatMap((rule) => {
        const event = JSON.stringify(this.#eventOf(rule, now));
        return [...rule.targets.values()].map((target) => this.#send(rule, target, event));
      }),
    );
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const dueAt = Math.min(...[...this.#rules.values()].map((rule) => rule.dueAt));
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
  #eventOf(rule: Rule, now: Date): Readonly<Record<string, unknown>> {
    const { accountId, region } = this.#options.account;
    return {
      version: "0",
      id: randomUUID(),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: accountId,
      time: now.toISOString().replace(/\.\d+Z$/, "Z"),
      region,
      resources: [rule.arn],
      detail: {},
    };
  }

  /** What cannot be queued is lost, and told: EventBridge would drop it too, after trying for a day. */
  async #send(rule: Rule, target: TargetDefinition, event: string): Promise<void> {
    const { invoker, notify } = this.#options;
    try {
      await invoker.invoke({
        functionName: target.functionArn,
        payload: target.input ?? event,
        invocationType: "Event",
        principal: { kind: "service", service: "events.amazonaws.com" },
        sourceArn: rule.arn,
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      notify(`rule ${rule.definition.name} could not invoke ${target.functionArn}: ${why}`);
    }
  }
}
