import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { notEmulated } from "../not-emulated";
import { parseInput } from "../parse-input";
import { type MetricSource, statistics } from "./alarm-definition";
import { demand } from "./demand";
import { demandQuery } from "./demand-query";
import { otherExtendedStatistic, percentile } from "./extended-statistic";
import { type DataQuery, maxDatapoints, type MetricData, metricData } from "./metric-data";
import type { OperationContext } from "./operation-context";
import { dimensions, metricName, namespace } from "./metric-input";
import { time } from "./time-input";

const period = z.int().min(1);

const metricStat = z.object({
  Metric: z.object({
    Namespace: namespace,
    MetricName: metricName,
    Dimensions: dimensions.default([]),
  }),
  Period: period,
  Stat: z.string(),
  Unit: z.string().optional(),
});

const dataQuery = z.object({
  Id: z.string().max(255),
  AccountId: z.string().optional(),
  Expression: z.string().min(1).max(2048).optional(),
  Label: z.string().optional(),
  MetricStat: metricStat.optional(),
  Period: period.optional(),
  ReturnData: z.boolean().optional(),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const dataInput = z.object({
  MetricDataQueries: z.array(dataQuery).min(1).max(500),
  StartTime: time,
  EndTime: time,
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
  MaxDatapoints: z.int().min(1).max(maxDatapoints).default(maxDatapoints),
  NextToken: z.string().optional(),
});

/**
 * The values of metrics, and what expressions make of them. Not emulated: queries of Metrics Insights, `SEARCH`, units,
 * periods below a minute, labels that are filled in.
 */
export const getMetricData: Operation<OperationContext> = (
  input,
  { account, caller, cloudWatch },
) => {
  caller.require("cloudwatch:GetMetricData", "*");
  const asked = parseInput(dataInput, input, "ValidationError");
  const { StartTime: start, EndTime: end } = asked;
  const queries = asked.MetricDataQueries.map((query) => queryOf(query, account.accountId));
  demand(start < end, "The parameter StartTime must be less than the parameter EndTime.");
  demand(
    new Set(queries.map(({ id }) => id)).size === queries.length,
    "The values for parameter id in MetricDataQueries are not unique.",
  );
  const all = metricData(queries, { start, end }, cloudWatch.metrics).map((data) => ({
    ...data,
    points: asked.ScanBy === "TimestampAscending" ? data.points : data.points.toReversed(),
  }));
  // What expressions make is not paged.
  const isPaged = queries.every(({ metric }) => metric);
  const points = all.flatMap((data) => data.points.map((point) => ({ id: data.id, point })));
  const size = isPaged ? asked.MaxDatapoints : Math.max(points.length, 1);
  const invalid = () => new AwsError("InvalidNextToken", "The next token specified is invalid.");
  const page = pageOf(points, asked.NextToken, size, invalid);
  const last = page.items.at(-1);
  const left = points.slice(last ? points.indexOf(last) + 1 : 0);
  return {
    MetricDataResults: all.map(({ id, label }) => {
      const own = page.items.filter((each) => each.id === id).map(({ point }) => point);
      const isComplete = left.every((each) => each.id !== id);
      return resultOf({ id, label, points: own, isComplete });
    }),
    NextToken: page.nextToken,
    Messages: [],
  };
};

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html */
function resultOf(data: MetricData & { isComplete: boolean }): Structure {
  return {
    Id: data.id,
    Label: data.label,
    Timestamps: data.points.map(([start]) => new Date(start)),
    Values: data.points.map(([, value]) => value),
    StatusCode: data.isComplete ? "Complete" : "PartialData",
  };
}

/** @throws AwsError `ValidationError`, and one that says what is not emulated. */
function queryOf(query: z.infer<typeof dataQuery>, accountId: string): DataQuery {
  const { Id: id, Label: label, Expression: expression, MetricStat: stat } = query;
  demandQuery(id, expression, stat);
  if (label?.includes("${")) {
    throw notEmulated("labels of GetMetricData of CloudWatch that are filled in");
  }
  if (query.AccountId !== undefined && query.AccountId !== accountId) {
    throw notEmulated("GetMetricData of CloudWatch on other accounts");
  }
  requirePeriod(query.Period);
  return {
    id,
    ...(label !== undefined && { label }),
    returnData: query.ReturnData ?? true,
    ...(expression === undefined ? {} : { expression, period: query.Period }),
    ...(stat && { metric: sourceOf(stat) }),
  };
}

function sourceOf(stat: z.infer<typeof metricStat>): NonNullable<DataQuery["metric"]> {
  const { Metric, Period, Stat, Unit } = stat;
  if (Unit !== undefined) {
    throw notEmulated("the parameter Unit of GetMetricData of CloudWatch");
  }
  requirePeriod(Period);
  return {
    namespace: Metric.Namespace,
    metricName: Metric.MetricName,
    dimensions: Object.fromEntries(Metric.Dimensions.map(({ Name, Value }) => [Name, Value])),
    period: Period,
    ...statisticOf(Stat),
  };
}

function statisticOf(stat: string): Pick<MetricSource, "extendedStatistic" | "statistic"> {
  const statistic = statistics.find((each) => each === stat);
  if (statistic !== undefined) {
    return { statistic };
  }
  if (otherExtendedStatistic.test(stat)) {
    throw notEmulated(`the statistic ${stat} of CloudWatch`);
  }
  demand(percentile.test(stat), `The value ${stat} for parameter Stat is not supported.`);
  return { extendedStatistic: stat };
}

/** Seconds; what is measured is kept by the minute. */
function requirePeriod(seconds = 60): void {
  if ([1, 5, 10, 20, 30].includes(seconds)) {
    throw notEmulated("periods of GetMetricData of CloudWatch that are shorter than a minute");
  }
  demand(
    seconds % 60 === 0,
    "The value for parameter Period must be 1, 5, 10, 20, 30, or a multiple of 60.",
  );
}
