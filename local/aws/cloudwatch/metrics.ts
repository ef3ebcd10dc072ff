import type { MetricDatum } from "../types";
import { Datapoint, type Sample } from "./datapoint";

/** The least period of a metric that services publish. */
const periodMs = 60_000;
/** Of each minute: percentiles of busy ones are of the first values. */
const maxValues = 500;
/** Older data is forgotten. */
const maxPeriods = 180;

/** What services tell one by one, and programs also as statistics. */
export interface Measurement extends Omit<MetricDatum, "value"> {
  value: Sample;
}

/** A metric and its latest data. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  /** That of the first value: on AWS, values of different units do not mix. */
  unit: string;
  /** By the start of the minute, in milliseconds since 1970. */
  minutes: Map<number, Datapoint>;
}

/** What services have published, and functions have logged, in the last three hours, by the minute. */
export class Metrics {
  readonly #metrics = new Map<string, Metric>();

  /**
   * @param at when it was measured.
   * @param key of the datum, by {@link metricKey}.
   */
  add(datum: Measurement, at: Date, key = metricKey(datum)): void {
    const { minutes } = this.#metrics.get(key) ?? this.#create(datum, key);
    const start = minuteOf(at);
    const datapoint = minutes.get(start);
    if (datapoint) {
      datapoint.add(datum.value);
      return;
    }
    const first = new Datapoint(maxValues);
    first.add(datum.value);
    minutes.set(start, first);
    if (minutes.size > maxPeriods) {
      minutes.delete(Math.min(...minutes.keys()));
    }
  }

  all(): Metric[] {
    return [...this.#metrics.values()];
  }

  /** The metric of exactly these dimensions. */
  find(wanted: Pick<Metric, "dimensions" | "name" | "namespace">): Metric | undefined {
    return this.#metrics.get(metricKey(wanted));
  }

  #create({ namespace, name, dimensions, unit = "None" }: Measurement, key: string): Metric {
    const metric: Metric = { namespace, name, dimensions, unit, minutes: new Map() };
    this.#metrics.set(key, metric);
    return metric;
  }
}

/** Tells metrics apart: by namespace, name and dimensions, in whichever order. */
export function metricKey({
  namespace,
  name,
  dimensions,
}: Pick<Metric, "dimensions" | "name" | "namespace">): string {
  return `${namespace}\n${name}${dimensionsKey(dimensions)}`;
}

/** Of sets of dimensions, with which services put one metric after another; none is changed afterwards. */
const dimensionsKeys = new WeakMap<Metric["dimensions"], string>();

function dimensionsKey(dimensions: Metric["dimensions"]): string {
  const known = dimensionsKeys.get(dimensions);
  if (known !== undefined) {
    return known;
  }
  const key = Object.keys(dimensions)
    .sort()
    .map((name) => `\n${name}\n${dimensions[name] ?? ""}`)
    .join("");
  dimensionsKeys.set(dimensions, key);
  return key;
}

/** The beginning of the minute of a time, in milliseconds since 1970. */
export function minuteOf(time: Date): number {
  return Math.floor(time.getTime() / periodMs) * periodMs;
}

/** Of when data is asked for. */
export interface TimeSpan {
  /** Counts from the beginning of its minute. */
  start: Date;
  /** Periods that begin before it are whole. */
  end: Date;
}

/**
 * The data of each period that has any, by its start, in milliseconds since 1970: minutes put together. Periods are
 * counted from the start that is asked for.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
 */
export function periodsOf(
  { minutes }: Metric,
  { start, end }: TimeSpan,
  periodSeconds: number,
): Map<number, Datapoint> {
  const periods = new Map<number, Datapoint>();
  const length = periodSeconds * 1000;
  const first = minuteOf(start);
  for (const [minute, datapoint] of minutes) {
    const period = first + Math.floor((minute - first) / length) * length;
    if (period >= first && period < end.getTime()) {
      const sum = periods.get(period) ?? new Datapoint();
      sum.addAll(datapoint);
      periods.set(period, sum);
    }
  }
  return periods;
}
