import { messageOf } from "../../message-of";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Principal } from "../iam/types";
import type { MetricSink, Service, ServiceOptions } from "../types";
import { Alarm } from "./alarm";
import type { AlarmActions, AlarmDefinition } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";
import { CompositeAlarm, type CompositeDefinition } from "./composite-alarm";
import { Dashboards } from "./dashboards";
import { demand } from "./demand";
import { type Measurement, metricKey, Metrics } from "./metrics";
import { type Notification, notification } from "./notification";
import type { StateChange, StatefulAlarm } from "./stateful-alarm";

/** How an alarm reaches a topic: SNS decides whether it may. */
export interface AlarmPublication extends Notification {
  topicArn: string;
  principal: Principal;
  /** The alarm's ARN. */
  sourceArn: string;
}

export interface CloudWatchOptions extends ServiceOptions {
  /** Publishes to an SNS topic. It throws or rejects when the topic refuses. */
  publish: (publication: AlarmPublication) => Promise<unknown>;
}

const actionsOfState = {
  OK: "okActions",
  ALARM: "alarmActions",
  INSUFFICIENT_DATA: "insufficientDataActions",
} as const satisfies Record<AlarmState, keyof AlarmActions>;

/**
 * Watches metrics by alarms, and tells SNS topics when the state of one changes.
 *
 * Metrics live in memory, for some hours; states start again at every start. Functions put metrics by
 * what they log, and by no call.
 */
export class CloudWatch implements MetricSink, Service {
  readonly #options: CloudWatchOptions;
  readonly #alarms = new Map<string, Alarm>();
  readonly #composites = new Map<string, CompositeAlarm>();
  /** By what {@link metricKey} makes; made anew when there are other alarms. */
  #byMetric: ReadonlyMap<string, readonly Alarm[]> | undefined;
  readonly #metrics = new Metrics();
  readonly dashboards: Dashboards;
  readonly #publishing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(options: CloudWatchOptions) {
    this.#options = options;
    this.dashboards = new Dashboards(options.clock);
  }

  /** Evaluates all alarms at the end of every period. */
  start(): Promise<void> {
    this.#running = true;
    this.#schedule();
    return Promise.resolve();
  }

  /** Resolves when notifications on their way have arrived. */
  async stop(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    await Promise.all(this.#publishing);
  }

  /**
   * Creates an alarm, or replaces the one of that name. Its state is INSUFFICIENT_DATA until data
   * arrives or the period ends.
   *
   * @throws AwsError `ValidationError` for a definition that CloudWatch refuses.
   */
  putAlarm(definition: AlarmDefinition): void {
    const { name } = definition;
    const alarm = new Alarm(definition, this.#arn(name), this.#options.clock());
    demand(!this.#composites.has(name), `There is a composite alarm of the name ${name}`);
    this.#alarms.set(name, alarm);
    this.#schedule();
  }

  /**
   * Creates a composite alarm, or replaces the one of that name, and evaluates it.
   *
   * @throws AwsError `ValidationError` for a definition that CloudWatch refuses, as where a child is not there.
   */
  putCompositeAlarm(definition: CompositeDefinition): void {
    const { name } = definition;
    const now = this.#options.clock();
    const alarm = new CompositeAlarm(definition, this.#arn(name), now);
    demand(!this.#alarms.has(name), `There is a metric alarm of the name ${name}`);
    for (const child of alarm.children) {
      demand(this.#find(child), `Could not find the alarm ${child} of the AlarmRule of ${name}`);
    }
    this.#composites.set(name, alarm);
    this.#announce(alarm, this.#evaluateComposite(alarm, undefined));
  }

  /**
   * Deletes an alarm of either kind; one that is gone already is no error.
   *
   * @throws AwsError `ValidationError` for one that a composite alarm refers to.
   */
  deleteAlarm(name: string): void {
    const parent = this.parentsOf(name).find(({ definition }) => definition.name !== name);
    demand(
      !parent,
      `Cannot delete ${name} as there are composite alarm(s) depending on it: ${parent?.definition.name ?? ""}`,
    );
    this.#alarms.delete(name);
    this.#composites.delete(name);
    this.#schedule();
  }

  /** Takes note of an alarm of a kind that is not emulated: it never leaves its first state. */
  recordAlarm(name: string, kind: string): void {
    this.#options.notify(`alarm ${name} is recorded, but never evaluated: ${kind} is not emulated`);
  }

  /** All alarms on metrics, by name. */
  alarms(): Alarm[] {
    return [...this.#alarms.values()].sort(byName);
  }

  /** All composite alarms, by name. */
  composites(): CompositeAlarm[] {
    return [...this.#composites.values()].sort(byName);
  }

  /** The composite alarms that refer to an alarm, by name. */
  parentsOf(name: string): CompositeAlarm[] {
    const arn = this.#arn(name);
    return this.composites().filter(({ children }) =>
      children.some((child) => child === name || child === arn),
    );
  }

  /** The alarms that a composite alarm refers to. */
  childrenOf(name: string): StatefulAlarm[] {
    const children = this.#composites.get(name)?.children ?? [];
    return children.flatMap((child) => this.#find(child) ?? []);
  }

  /** What time it is for alarms and metrics. */
  now(): Date {
    return this.#options.clock();
  }

  /** What is known of metrics. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  /**
   * Moves an alarm to a state, with all that follows from it; its next evaluation may move it back.
   *
   * @param reasonData JSON text.
   * @throws AwsError `ResourceNotFound`.
   */
  setAlarmState(name: string, state: AlarmState, reason: string, reasonData?: string): void {
    const alarm = this.#find(name);
    if (alarm === undefined) {
      throw new AwsError("ResourceNotFound", `Unknown alarm: ${name}`, 404);
    }
    const change = alarm.setState(state, { reason, reasonData }, this.#options.clock());
    this.#announce(alarm, change);
  }

  put(datum: Measurement): void {
    const now = this.#options.clock();
    const key = metricKey(datum);
    const at = datum.at === undefined ? now : new Date(datum.at);
    this.#metrics.add(datum, at, key);
    for (const alarm of this.#alarmsOn(key)) {
      alarm.add(key, datum.value, at);
      if (alarm.isDecided(now)) {
        this.#evaluateAlarm(alarm, now);
      }
    }
  }

  /** Evaluates every alarm now. Resolves when all notifications have been sent. */
  async evaluate(): Promise<void> {
    const now = this.#options.clock();
    for (const alarm of this.#alarms.values()) {
      this.#evaluateAlarm(alarm, now);
    }
    await Promise.all(this.#publishing);
  }

  /** The alarms on a metric: every request puts a dozen, few of which anybody watches. */
  #alarmsOn(key: string): readonly Alarm[] {
    this.#byMetric ??= groupByMetric(this.#alarms.values());
    return this.#byMetric.get(key) ?? [];
  }

  #schedule(): void {
    this.#byMetric = undefined;
    clearTimeout(this.#timer);
    if (!this.#running || this.#alarms.size === 0) {
      return;
    }
    const now = this.#options.clock();
    const ends = [...this.#alarms.values()].map((alarm) => alarm.periodEnd(now));
    this.#timer = setTimeout(
      () => {
        void this.evaluate();
        this.#schedule();
      },
      Math.min(...ends) - now.getTime(),
    ).unref();
  }

  #evaluateAlarm(alarm: Alarm, now: Date): void {
    this.#announce(alarm, alarm.evaluate(now));
  }

  #arn(name: string): string {
    return regionalArn(this.#options.account, "cloudwatch", `alarm:${name}`);
  }

  /** @param alarm its name or ARN. */
  #find(alarm: string): Alarm | CompositeAlarm | undefined {
    const name = alarm.startsWith("arn:") ? alarm.slice(this.#arn("").length) : alarm;
    return this.#alarms.get(name) ?? this.#composites.get(name);
  }

  #evaluateComposite(
    alarm: CompositeAlarm,
    trigger: StatefulAlarm | undefined,
  ): StateChange | undefined {
    const stateOf = (child: string) => (this.#find(child) ?? alarm).state.value;
    return alarm.evaluate(stateOf, trigger, this.#options.clock());
  }

  /**
   * Tells what has changed, and then the alarms that depend on it.
   *
   * @param from what has led here: CloudWatch does not evaluate alarms that depend on each other in a circle.
   */
  #announce(
    alarm: Alarm | CompositeAlarm,
    change: StateChange | undefined,
    from: readonly StatefulAlarm[] = [],
  ): void {
    if (change === undefined) {
      return;
    }
    this.#tell(alarm, change);
    const path = [...from, alarm];
    for (const parent of this.parentsOf(alarm.definition.name)) {
      if (!path.includes(parent)) {
        this.#announce(parent, this.#evaluateComposite(parent, alarm), path);
      }
    }
  }

  #tell(alarm: Alarm | CompositeAlarm, change: StateChange): void {
    const { definition } = alarm;
    if (isNews(change)) {
      const { name } = definition;
      const { newState: state, reason } = change;
      const notice = { type: "alarm", name, state, reason } as const;
      this.#options.notify(`alarm ${name} is ${state}: ${reason}`, notice);
    }
    if (definition.actionsEnabled ?? true) {
      for (const action of definition[actionsOfState[change.newState]] ?? []) {
        const sent = this.#act(alarm, change, action);
        this.#publishing.add(sent);
        void sent.then(() => this.#publishing.delete(sent));
      }
    }
  }

  /** Real CloudWatch drops a notification that the topic refuses, too. */
  async #act(alarm: Alarm | CompositeAlarm, change: StateChange, topicArn: string): Promise<void> {
    try {
      await this.#options.publish({
        topicArn,
        ...notification(this.#options.account, alarm, change),
        principal: { kind: "service", service: "cloudwatch.amazonaws.com" },
        sourceArn: alarm.arn,
      });
    } catch (error) {
      const { name } = alarm.definition;
      const why = messageOf(error);
      this.#options.notify(`alarm ${name} could not notify ${topicArn}: ${why}`);
    }
  }
}

/** That a new alarm has found nothing wrong is none. */
function isNews({ oldState, newState }: StateChange): boolean {
  return oldState === "ALARM" || newState === "ALARM";
}

function groupByMetric(alarms: Iterable<Alarm>): ReadonlyMap<string, readonly Alarm[]> {
  const groups = new Map<string, Alarm[]>();
  for (const alarm of alarms) {
    for (const key of alarm.metricKeys) {
      groups.set(key, [...(groups.get(key) ?? []), alarm]);
    }
  }
  return groups;
}

function byName(one: StatefulAlarm, other: StatefulAlarm): number {
  return one.definition.name < other.definition.name ? -1 : 1;
}
