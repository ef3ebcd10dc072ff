import { type AlarmDefinition, breaches } from "./alarm-definition";
import { nextState } from "./alarm-state";
import type { Sample } from "./datapoint";
import { MetricSeries } from "./metric-series";
import { type EvaluatedPeriod, stateReason } from "./state-reason";
import { stateReasonData } from "./state-reason-data";
import { type StateChange, StatefulAlarm } from "./stateful-alarm";
import { validateAlarm } from "./validate-alarm";
import type { Watched } from "./watched";

/**
 * CloudWatch looks at more periods than EvaluationPeriods to find real data. How many more is not
 * published; in the tables of its documentation, it is two.
 */
const extraPeriods = 2;

/** An alarm on metrics, and the recent data of these. */
export class Alarm extends StatefulAlarm<AlarmDefinition> {
  /** What it watches. */
  readonly watched: Watched;
  readonly #series: ReadonlyMap<string, MetricSeries>;

  /** @throws AwsError `ValidationError` for a definition that CloudWatch refuses. */
  constructor(definition: AlarmDefinition, arn: string, now: Date) {
    const watched = validateAlarm(definition);
    super(definition, arn, now);
    this.watched = watched;
    this.#series = new Map(watched.metrics.map((one) => [one.id, new MetricSeries(one)]));
  }

  /** The key of each of its metrics, once. */
  get metricKeys(): ReadonlySet<string> {
    return new Set([...this.#series.values()].map(({ key }) => key));
  }

  /**
   * Adds a value, if it is of one of the alarm's metrics.
   *
   * @param key of the value's metric, as `metricKeys` has it.
   */
  add(key: string, sample: Sample, now: Date): void {
    for (const series of this.#series.values()) {
      if (series.key === key) {
        series.add(sample, this.#periodStart(now));
      }
    }
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
    if (newState === undefined || newState === this.state.value) {
      return undefined;
    }
    const reason = stateReason(definition, newState, periods);
    const reasonData = stateReasonData(definition, this.watched.period, periods, now);
    return this.setState(newState, { reason, reasonData }, now);
  }

  /**
   * Whether the period that has not ended breaches already, for good. Then it counts at once, so
   * that nobody waits at the screen: real CloudWatch takes up to minutes after the period's end.
   * What metric maths makes of a period is known at its end alone.
   */
  isDecided(now: Date): boolean {
    if (this.definition.metrics !== undefined) {
      return false;
    }
    const { statistic, comparisonOperator } = this.definition;
    const onlyGrows = statistic === "Sum" || statistic === "SampleCount" || statistic === "Maximum";
    const final = comparisonOperator.startsWith("Greater") ? onlyGrows : statistic === "Minimum";
    const [series] = final ? this.#series.values() : [];
    const value = series?.valueAt(this.#periodStart(now));
    return value !== undefined && breaches(this.definition, value);
  }

  /** Newest first. Forgets what is older. */
  #evaluationRange(now: Date): EvaluatedPeriod[] {
    const current = this.#periodStart(now);
    const newest = this.isDecided(now) ? current : current - this.#periodMs;
    const length = this.definition.evaluationPeriods + extraPeriods;
    const starts = Array.from(
      { length },
      (_, index) => newest - (length - 1 - index) * this.#periodMs,
    );
    const data = new Map(
      [...this.#series].map(([id, series]) => {
        series.forgetBefore(starts[0] ?? newest);
        return [id, starts.map((start) => series.valueAt(start))] as const;
      }),
    );
    const values = this.watched.evaluate(data, length);
    return starts
      .map((start, index) => ({
        start,
        value: values[index],
        sampleCount: this.#sampleCount(start),
      }))
      .toReversed();
  }

  /** What metric maths makes has no samples of its own. */
  #sampleCount(start: number): number | undefined {
    const [series] = this.definition.metrics === undefined ? this.#series.values() : [];
    return series?.sampleCountAt(start);
  }

  get #periodMs(): number {
    return this.watched.period * 1000;
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
