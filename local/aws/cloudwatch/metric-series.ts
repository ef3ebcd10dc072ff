import type { MetricSource } from "./alarm-definition";
import { Datapoint, type Sample } from "./datapoint";
import { metricKey } from "./metrics";

/** The recent data of a metric that an alarm watches, by the start of each of its periods. */
export class MetricSeries {
  readonly source: MetricSource;
  /** The metric's, by {@link metricKey}. */
  readonly key: string;
  readonly #periods = new Map<number, Datapoint>();

  constructor(source: MetricSource) {
    const { namespace, metricName: name, dimensions } = source;
    this.source = source;
    this.key = metricKey({ namespace, name, dimensions });
  }

  /** @param start of the period, in milliseconds since 1970. */
  add(sample: Sample, start: number): void {
    // Only percentiles need the values themselves.
    const kept = this.source.extendedStatistic === undefined ? 0 : undefined;
    const datapoint = this.#periods.get(start) ?? new Datapoint(kept);
    datapoint.add(sample);
    this.#periods.set(start, datapoint);
  }

  /** The value of a period; `undefined` is missing. */
  valueAt(start: number): number | undefined {
    return this.#periods.get(start)?.value(this.source);
  }

  /** How many values a period has; `undefined` is missing. */
  sampleCountAt(start: number): number | undefined {
    return this.#periods.get(start)?.value({ statistic: "SampleCount" });
  }

  /** Forgets what is older. */
  forgetBefore(oldest: number): void {
    for (const start of this.#periods.keys()) {
      if (start < oldest) {
        this.#periods.delete(start);
      }
    }
  }
}
