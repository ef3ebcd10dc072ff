import { notEmulated } from "../not-emulated";
import type { MetricQuery } from "./alarm-definition";
import { demand } from "./demand";
import { MetricMath } from "./metric-math/metric-math";
import type { Series } from "./metric-math/values";
import { type Metrics, minuteOf, periodsOf, type TimeSpan } from "./metrics";

/** A query whose data is asked for; an expression has a period of its own where it is made of no metric. */
export type DataQuery = MetricQuery & { period?: number | undefined };

/** A value of a period, which its start in milliseconds since 1970 stands for. */
export type DataPoint = readonly [start: number, value: number];

/** What a query gives. */
export interface MetricData {
  id: string;
  label: string;
  /** Oldest first; periods without a value are left out. */
  points: readonly DataPoint[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const maxDatapoints = 100_800;

/**
 * The data of all queries that return theirs.
 *
 * @throws AwsError `ValidationError`, and one that says what is not emulated: expressions on metrics of different
 * periods, and those that make several series.
 */
export function metricData(
  queries: readonly DataQuery[],
  span: TimeSpan,
  metrics: Metrics,
): MetricData[] {
  const returned = queries.filter(({ returnData = true }) => returnData);
  return returned.map((query) => ({
    id: query.id,
    label: query.label ?? (query.metric ? labelOf(query.metric, returned) : query.id),
    points: query.metric
      ? pointsOf(query.metric, span, metrics)
      : pointsMade(query, queries, span, metrics),
  }));
}

type Metric = NonNullable<MetricQuery["metric"]>;

/**
 * A metric's name, with its statistic and its period where these tell it apart from others of that name. What
 * CloudWatch adds where dimensions differ is left out.
 */
function labelOf(metric: Metric, queries: readonly DataQuery[]): string {
  const alike = queries.flatMap((query) =>
    query.label === undefined && query.metric?.metricName === metric.metricName
      ? [query.metric]
      : [],
  );
  const differ = (valueOf: (metric: Metric) => unknown) => new Set(alike.map(valueOf)).size > 1;
  return [
    metric.metricName,
    ...(differ(statisticOf) ? [statisticOf(metric)] : []),
    ...(differ(({ period }) => period) ? [metric.period] : []),
  ].join(" ");
}

function statisticOf({ statistic, extendedStatistic }: Metric): string | undefined {
  return statistic ?? extendedStatistic;
}

function pointsOf(metric: Metric, span: TimeSpan, metrics: Metrics): DataPoint[] {
  const { namespace, metricName: name, dimensions, period: periodSeconds } = metric;
  const found = metrics.find({ namespace, name, dimensions });
  const periods = found ? [...periodsOf(found, span, periodSeconds)] : [];
  return periods
    .map(([start, datapoint]) => [start, datapoint.value(metric)] as const)
    .filter((point): point is DataPoint => point[1] !== undefined)
    .sort(([one], [other]) => one - other);
}

function pointsMade(
  query: DataQuery,
  queries: readonly DataQuery[],
  span: TimeSpan,
  metrics: Metrics,
): DataPoint[] {
  const math = new MetricMath(queries, query);
  const used = queries.flatMap(({ id, metric }) =>
    metric && math.metricIds.has(id) ? [{ id, metric }] : [],
  );
  const period = periodOf(
    query,
    used.map(({ metric }) => metric.period),
  );
  const starts = startsIn(span, period);
  const data = used.map(({ id, metric }): [string, Series] => {
    const points = new Map(pointsOf(metric, span, metrics));
    return [id, starts.map((start) => points.get(start))];
  });
  const value = math.value(new Map(data), { length: starts.length, period });
  if (value.kind === "array") {
    throw notEmulated("expressions of GetMetricData of CloudWatch that make several time series");
  }
  demand(
    value.kind === "series",
    `Error in expression '${query.id}': the result is no time series`,
  );
  return starts.flatMap((start, index): DataPoint[] => {
    const point = value.values[index];
    return point === undefined ? [] : [[start, point]];
  });
}

/** Seconds. */
function periodOf({ id, period }: DataQuery, ofMetrics: readonly number[]): number {
  const [first = period, ...others] = new Set(ofMetrics);
  demand(first !== undefined, `The element ${id} needs a Period, as it is made of no metric`);
  if (others.length > 0 || (period !== undefined && period !== first)) {
    throw notEmulated("expressions of GetMetricData of CloudWatch on different periods");
  }
  return first;
}

function startsIn({ start, end }: TimeSpan, period: number): number[] {
  const first = minuteOf(start);
  const length = Math.ceil((end.getTime() - first) / 1000 / period);
  demand(
    length <= maxDatapoints,
    `An expression has ${maxDatapoints} datapoints at most, not ${length}`,
  );
  return Array.from({ length }, (_, index) => first + index * period * 1000);
}
