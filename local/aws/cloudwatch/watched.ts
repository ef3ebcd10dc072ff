import type { AlarmDefinition, MetricQuery, MetricSource } from "./alarm-definition";
import { demand } from "./demand";
import { demandQuery } from "./demand-query";
import { MetricMath } from "./metric-math/metric-math";
import type { Series } from "./metric-math/values";

/** What an alarm watches: metrics, and how one series comes of theirs. */
export interface Watched {
  /** Seconds. */
  period: number;
  metrics: readonly (MetricSource & { id: string })[];
  /**
   * @param data of each metric by its id, oldest first.
   * @param length how many periods that are.
   */
  evaluate(data: ReadonlyMap<string, Series>, length: number): Series;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html */
const maxMetrics = 10;

/** @throws AwsError `ValidationError`, and one that says what is not emulated. */
export function watchedBy(definition: AlarmDefinition): Watched {
  const { metrics: queries } = definition;
  if (queries !== undefined) {
    return watchedByQueries(queries);
  }
  const id = "m1";
  const { period, namespace, metricName, dimensions, statistic, extendedStatistic } = definition;
  return {
    period,
    metrics: [{ id, namespace, metricName, dimensions, statistic, extendedStatistic }],
    evaluate: (data) => data.get(id) ?? [],
  };
}

function watchedByQueries(queries: readonly MetricQuery[]): Watched {
  const [result, ...others] = queries.filter(({ returnData }) => returnData);
  const metrics = queries.flatMap(({ id, metric }) => (metric ? [{ id, ...metric }] : []));
  const periods = [...new Set(metrics.map(({ period }) => period))];
  const [period] = periods;
  demand(
    result && others.length === 0,
    "Exactly one element of the metrics list should return data.",
  );
  demand(period, "An alarm on an expression must have a metric");
  demand(metrics.length <= maxMetrics, `An alarm has ${maxMetrics} metrics at most`);
  demand(periods.length === 1, "All metrics of an alarm must have the same period");
  for (const { id, expression, metric } of queries) {
    demandQuery(id, expression, metric);
  }
  demand(
    new Set(queries.map(({ id }) => id)).size === queries.length,
    "The ids of an alarm's metrics must be different",
  );
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-with-metric-math.html
  demand(
    !queries.some(({ expression = "" }) => /\bSEARCH\s*\(/.test(expression)),
    "An alarm watches one time series: there is no function SEARCH for alarms",
  );
  const math = new MetricMath(queries, result);
  math.evaluate(new Map(), { length: 1, period });
  return { period, metrics, evaluate: (data, length) => math.evaluate(data, { length, period }) };
}
