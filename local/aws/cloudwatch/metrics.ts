import type { MetricDatum } from "../types";
import { Datapoint } from "./datapoint";

/** The least period of a metric that services publish. */
const periodMs = 60_000;
/** Of each minute: percentiles of busy ones are of the first values. */
const maxValues = 500;
/** Older data is forgotten. */
const maxPeriods = 180;

/** A metric and its latest data. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** By the start of the minute, in milliseconds since 1970. */
  minutes: Map<number, Datapoint>;
}

/** What services have published in the last three hours, by the minute. */
export class Metrics {
  readonly #metrics = new Map<string, Metric>();

  add({ namespace, name, dimensions, value }: MetricDatum, now: Date): void {
    // Whoever publishes a metric names its dimensions in the same order each time.
    const key = [namespace, name, ...Object.entries(dimensions).flat()].join("\n");
    const fresh: Metric = { namespace, name, dimensions, minutes: new Map() };
    const metric = this.#metrics.get(key) ?? fresh;
    this.#metrics.set(key, metric);
    const start = Math.floor(now.getTime() / periodMs) * periodMs;
    const datapoint = metric.minutes.get(start) ?? new Datapoint(maxValues);
    datapoint.add(value);
    metric.minutes.set(start, datapoint);
    if (metric.minutes.size > maxPeriods) {
      const [oldest = start] = metric.minutes.keys();
      metric.minutes.delete(oldest);
    }
  }

  all(): Metric[] {
    return [...this.#metrics.values()];
  }

  /** The metric of exactly these dimensions. */
  find(wanted: Pick<Metric, "dimensions" | "name" | "namespace">): Metric | undefined {
    const count = Object.keys(wanted.dimensions).length;
    return this.all().find(
      ({ namespace, name, dimensions }) =>
        namespace === wanted.namespace &&
        name === wanted.name &&
        Object.keys(dimensions).length === count &&
        Object.entries(wanted.dimensions).every(([key, value]) => dimensions[key] === value),
    );
  }
}

/** The data of each period, by its start: minutes put together. */
export function periodsOf(
  { minutes }: Metric,
  { start, end, periodSeconds }: { start: Date; end: Date; periodSeconds: number },
): Map<number, Datapoint> {
  const periods = new Map<number, Datapoint>();
  const length = periodSeconds * 1000;
  for (const [minute, datapoint] of minutes) {
    if (minute >= start.getTime() && minute < end.getTime()) {
      const period = Math.floor(minute / length) * length;
      const sum = periods.get(period) ?? new Datapoint();
      sum.addAll(datapoint);
      periods.set(period, sum);
    }
  }
  return periods;
}
