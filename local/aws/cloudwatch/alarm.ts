import { breaches, validateAlarm } from "./alarm-definition";
import type { AlarmDefinition } from "./alarm-definition";
import { nextState } from "./alarm-state";
import type { AlarmState } from "./alarm-state";
import { Datapoint } from "./datapoint";
import { stateReason } from "./state-reason";
import type { EvaluatedPeriod } from "./state-reason";

/** A change of an alarm's state. */
export interface StateChange {
  oldState: AlarmState;
  newState: AlarmState;
  reason: string;
  at: Date;
}

/**
 * CloudWatch looks at more periods than EvaluationPeriods to find real data. How many more is not
 * published; in the tables of its documentation, it is two.
 */
const extraPeriods = 2;

/** CloudWatch keeps changes for 30 days; here, as many. */
const maxHistory = 100;

/** An alarm and the recent data of its metric. */
export class Alarm {
  readonly definition: AlarmDefinition;
  readonly arn: string;
  readonly #datapoints = new Map<number, Datapoint>();
  readonly definedAt: Date;
  readonly #history: StateChange[] = [];
  #state: AlarmState = "INSUFFICIENT_DATA";
  #reason = "Unchecked: Initial alarm creation";
  #changedAt: Date | undefined;

  /** @throws AwsError `ValidationError` for a definition that CloudWatch refuses. */
  constructor(definition: AlarmDefinition, arn: string, now: Date) {
    validateAlarm(definition);
    this.definition = definition;
    this.arn = arn;
    this.definedAt = now;
  }

  /** Its latest changes of state, newest first. */
  get history(): readonly StateChange[] {
    return this.#history.toReversed();
  }

  /** Moves the alarm to a state until it is evaluated again. */
  setState(newState: AlarmState, reason: string, at: Date): StateChange | undefined {
    return newState === this.#state ? undefined : this.#change(newState, reason, at);
  }

  /** The state, why it is so, and since when; a new alarm has had no other. */
  get state(): { value: AlarmState; reason: string; at: Date | undefined } {
    return { value: this.#state, reason: this.#reason, at: this.#changedAt };
  }

  add(value: number, now: Date): void {
    const start = this.#periodStart(now);
    const datapoint = this.#datapoints.get(start) ?? new Datapoint();
    datapoint.add(value);
    this.#datapoints.set(start, datapoint);
  }

  /** Milliseconds since the epoch at which the period of `now` ends. */
  periodEnd(now: Date): number {
    return this.#periodStart(now) + this.#periodMs;
  }

  /** Moves the alarm to the state that its data tells. */
  evaluate(now: Date): StateChange | undefined {
    const periods = this.#evaluationRange(now);
    const { definition } = this;
    const newState = nextState(
      periods.map(({ value }) => verdict(definition, value)),
      {
        evaluationPeriods: definition.evaluationPeriods,
        datapointsToAlarm: definition.datapointsToAlarm ?? definition.evaluationPeriods,
        treatMissingData: definition.treatMissingData ?? "missing",
      },
    );
    if (newState === undefined || newState === this.#state) {
      return undefined;
    }
    return this.#change(newState, stateReason(definition, newState, periods), now);
  }

  #change(newState: AlarmState, reason: string, at: Date): StateChange {
    const change = { oldState: this.#state, newState, reason, at };
    this.#state = newState;
    this.#reason = reason;
    this.#changedAt = at;
    this.#history.push(change);
    this.#history.splice(0, this.#history.length - maxHistory);
    return change;
  }

  /** Newest first. Forgets what is older. */
  #evaluationRange(now: Date): EvaluatedPeriod[] {
    const current = this.#periodStart(now);
    const newest = this.#isDecided(current) ? current : current - this.#periodMs;
    const length = this.definition.evaluationPeriods + extraPeriods;
    const periods = Array.from({ length }, (_, index) => newest - index * this.#periodMs);
    const oldest = periods.at(-1) ?? newest;
    for (const start of this.#datapoints.keys()) {
      if (start < oldest) {
        this.#datapoints.delete(start);
      }
    }
    return periods.map((start) => ({
      start,
      value: this.#datapoints.get(start)?.value(this.definition),
    }));
  }

  /**
   * Whether the period that has not ended breaches already, for good. Then it counts at once, so
   * that nobody waits at the screen: real CloudWatch takes up to minutes after the period's end.
   */
  #isDecided(current: number): boolean {
    const { statistic, comparisonOperator } = this.definition;
    const value = this.#datapoints.get(current)?.value(this.definition);
    const onlyGrows = statistic === "Sum" || statistic === "SampleCount" || statistic === "Maximum";
    const final = comparisonOperator.startsWith("Greater") ? onlyGrows : statistic === "Minimum";
    return final && value !== undefined && breaches(this.definition, value);
  }

  get #periodMs(): number {
    return this.definition.period * 1000;
  }

  #periodStart(now: Date): number {
    return Math.floor(now.getTime() / this.#periodMs) * this.#periodMs;
  }
}

function verdict(definition: AlarmDefinition, value: number | undefined) {
  if (value === undefined) {
    return undefined;
  }
  return breaches(definition, value) ? "breaching" : "notBreaching";
}
