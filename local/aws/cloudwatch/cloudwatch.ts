import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Principal } from "../iam/types";
import type { MetricDatum, MetricSink, Service, ServiceOptions } from "../types";
import { Alarm } from "./alarm";
import type { StateChange } from "./alarm";
import type { AlarmDefinition } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";
import { Metrics } from "./metrics";
import { notification } from "./notification";

/** How an alarm reaches a topic: SNS decides whether it may. */
export interface AlarmPublication {
  topicArn: string;
  subject: string;
  message: string;
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
} as const satisfies Record<AlarmState, keyof AlarmDefinition>;

/**
 * Watches metrics by alarms, and tells SNS topics when the state of one changes.
 *
 * Metrics live in memory, for some hours; states start again at every start. Functions cannot put
 * metrics.
 */
export class CloudWatch implements MetricSink, Service {
  readonly #options: CloudWatchOptions;
  readonly #alarms = new Map<string, Alarm>();
  /** By what {@link metricKey} makes; made anew when there are other alarms. */
  #byMetric: ReadonlyMap<string, readonly Alarm[]> | undefined;
  readonly #metrics = new Metrics();
  readonly #publishing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #running = false;

  constructor(options: CloudWatchOptions) {
    this.#options = options;
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
    const arn = regionalArn(this.#options.account, "cloudwatch", `alarm:${definition.name}`);
    this.#alarms.set(definition.name, new Alarm(definition, arn, this.#options.clock()));
    this.#schedule();
  }

  /** Deletes an alarm; one that is gone already is no error. */
  deleteAlarm(name: string): void {
    this.#alarms.delete(name);
    this.#schedule();
  }

  /** Takes note of an alarm of a kind that is not emulated: it never leaves its first state. */
  recordAlarm(name: string, kind: string): void {
    this.#options.notify(`alarm ${name} is recorded, but never evaluated: ${kind} is not emulated`);
  }

  /** All alarms, by name. */
  alarms(): Alarm[] {
    return [...this.#alarms.values()].sort((a, b) =>
      a.definition.name < b.definition.name ? -1 : 1,
    );
  }

  /** What is known of metrics. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  /**
   * Moves an alarm to a state, with all that follows from it; its next evaluation may move it back.
   *
   * @throws AwsError `ResourceNotFound`.
   */
  setAlarmState(name: string, state: AlarmState, reason: string): void {
    const alarm = this.#alarms.get(name);
    if (alarm === undefined) {
      throw new AwsError("ResourceNotFound", `Unknown alarm: ${name}`, 404);
    }
    this.#announce(alarm, alarm.setState(state, reason, this.#options.clock()));
  }

  put(datum: MetricDatum): void {
    const now = this.#options.clock();
    this.#metrics.add(datum, now);
    const alarms = this.#alarmsOn(datum).filter(({ definition }) => isMetricOf(definition, datum));
    for (const alarm of alarms) {
      alarm.add(datum.value, now);
      this.#evaluateAlarm(alarm, now);
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

  /** The alarms on metrics of that name: every request puts a dozen, few of which anybody watches. */
  #alarmsOn({ namespace, name }: MetricDatum): readonly Alarm[] {
    this.#byMetric ??= groupByMetric(this.#alarms.values());
    return this.#byMetric.get(metricKey(namespace, name)) ?? [];
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

  #announce(alarm: Alarm, change: StateChange | undefined): void {
    if (change === undefined) {
      return;
    }
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
  async #act(alarm: Alarm, change: StateChange, topicArn: string): Promise<void> {
    try {
      await this.#options.publish({
        topicArn,
        ...notification(this.#options.account, alarm, change),
        principal: { kind: "service", service: "cloudwatch.amazonaws.com" },
        sourceArn: alarm.arn,
      });
    } catch (error) {
      const { name } = alarm.definition;
      const why = error instanceof Error ? error.message : String(error);
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
    const key = metricKey(alarm.definition.namespace, alarm.definition.metricName);
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  return groups;
}

function metricKey(namespace: string, name: string): string {
  return `${namespace}\n${name}`;
}

function isMetricOf(definition: AlarmDefinition, datum: MetricDatum): boolean {
  const wanted = Object.entries(definition.dimensions);
  return (
    definition.namespace === datum.namespace &&
    definition.metricName === datum.name &&
    wanted.length === Object.keys(datum.dimensions).length &&
    wanted.every(([name, value]) => datum.dimensions[name] === value)
  );
}
