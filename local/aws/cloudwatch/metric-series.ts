import type { MetricDatum } from "../types";
import type { MetricSource } from "./alarm-definition";
import { Datapoint } from "./datapoint";

/** The recent data of a metric that an alarm watches, by the start of each of its periods. */
export class MetricSeries {
  readonly source: MetricSource;
  readonly #periods = new Map<number, Datapoint>();

  constructor(source: MetricSource) {
    this.source = source;
  }

  /** Whether the datum is one of this metric: of exactly its dimensions. */
  has({ namespace, name, dimensions }: MetricDatum): boolean {
    const wanted = Object.entries(this.source.dimensions);
    return (
      this.source.namespace === namespace &&
      this.source.metricName === name &&
      wanted.length === Object.keys(dimensions).length &&
      wanted.every(([key, value]) => dimensions[key] === value)
    );
  }

  /** @param start of the period, in milliseconds since 1970. */
  add(value: number, start: number): void {
    // Only percentiles need the values themselves.
    const kept = this.source.extendedStatistic === undefined ? 0 : undefined;
    const datapoint = this.#periods.get(start) ?? new Datapoint(kept);
    datapoint.add(value);
    this.#periods.set(start, datapoint);
  }

  /** The value of a period; `undefined` is missing. */
  valueAt(start: number): number | undefined {
    return this.#periods.get(start)?.value(this.source);
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
