import { z } from "zod";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput, refuseParameters } from "../parse-input";
import type { Datapoint } from "./datapoint";
import { getMetricData } from "./metric-data-operation";
import { type Metric, periodsOf } from "./metrics";
import type { OperationContext } from "./operation-context";
import { putMetricData } from "./put-metric-data";
import { dimensionFilters, dimensions, metricName, namespace } from "./metric-input";
import { time } from "./time-input";

const statistic = z.enum(["SampleCount", "Average", "Sum", "Minimum", "Maximum"]);

const listInput = z.object({
  Namespace: namespace.optional(),
  MetricName: metricName.optional(),
  Dimensions: dimensionFilters.default([]),
  NextToken: z.string().optional(),
});

const statisticsInput = z.object({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions.default([]),
  StartTime: time,
  EndTime: time,
  Period: z.int().min(60).multipleOf(60),
  Statistics: z.array(statistic).default([]),
  ExtendedStatistics: z.array(z.string().regex(/^p(\d{1,2}(\.\d+)?|100)$/)).default([]),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html */
const maxDatapoints = 1440;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html */
const pageSize = 500;

/** What takes and shows metrics; none is asked for by its unit. */
export const metricOperations: Readonly<Record<string, Operation<OperationContext>>> = {
  GetMetricData: getMetricData,
  GetMetricStatistics: (input, { caller, cloudWatch }) => {
    caller.require("cloudwatch:GetMetricStatistics", "*");
    const asked = parseInput(statisticsInput, input, "InvalidParameterValue");
    refuseParameters(input, ["Unit"], "GetMetricStatistics of CloudWatch");
    requireDatapoints(asked);
    const dimensions = Object.fromEntries(asked.Dimensions.map(({ Name, Value }) => [Name, Value]));
    const { Namespace: namespace, MetricName: name } = asked;
    const metric = cloudWatch.metrics.find({ namespace, name, dimensions });
    const span = { start: asked.StartTime, end: asked.EndTime };
    const periods = metric ? [...periodsOf(metric, span, asked.Period)] : [];
    return {
      Label: name,
      Datapoints: periods.flatMap(([start, datapoint]) => shown(start, datapoint, asked, metric)),
    };
  },
  PutMetricData: putMetricData,
  ListMetrics: (input, { caller, cloudWatch }) => {
    caller.require("cloudwatch:ListMetrics", "*");
    refuseParameters(
      input,
      ["RecentlyActive", "IncludeLinkedAccounts", "OwningAccount"],
      "ListMetrics of CloudWatch",
    );
    const { Namespace, MetricName, Dimensions, NextToken } = parseInput(
      listInput,
      input,
      "InvalidParameterValue",
    );
    const metrics = cloudWatch.metrics
      .all()
      .filter(({ namespace }) => Namespace === undefined || namespace === Namespace)
      .filter(({ name }) => MetricName === undefined || name === MetricName)
      .filter(({ dimensions }) =>
        Dimensions.every(({ Name, Value }) =>
          Value === undefined ? Object.hasOwn(dimensions, Name) : dimensions[Name] === Value,
        ),
      );
    const invalid = () => new AwsError("InvalidParameterValue", "The next token is invalid.");
    const { items, nextToken } = pageOf(metrics, NextToken, pageSize, invalid);
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      })),
      NextToken: nextToken,
    };
  },
};

/** @throws AwsError where nothing is asked for, or more than CloudWatch gives at once. */
function requireDatapoints(asked: z.infer<typeof statisticsInput>): void {
  const { Statistics, ExtendedStatistics, Period } = asked;
  const [start, end] = [asked.StartTime.getTime(), asked.EndTime.getTime()];
  if (Statistics.length + ExtendedStatistics.length === 0) {
    throw new AwsError(
      "InvalidParameterCombination",
      "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
    );
  }
  if (start >= end) {
    throw new AwsError(
      "InvalidParameterValue",
      "The parameter StartTime must be less than the parameter EndTime.",
    );
  }
  const datapoints = Math.floor((end - start) / 1000 / Period);
  if (datapoints > maxDatapoints) {
    throw new AwsError(
      "InvalidParameterCombination",
      `You have requested up to ${datapoints} datapoints, which exceeds the limit of ${maxDatapoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
}

/** A datapoint, unless nothing is known of what is asked for. */
function shown(
  start: number,
  datapoint: Datapoint,
  { Statistics, ExtendedStatistics }: z.infer<typeof statisticsInput>,
  metric: Metric | undefined,
): Structure[] {
  const extended = ExtendedStatistics.map(
    (each) => [each, datapoint.value({ extendedStatistic: each })] as const,
  ).filter(([, value]) => value !== undefined);
  if (Statistics.length + extended.length === 0) {
    return [];
  }
  return [
    {
      Timestamp: new Date(start),
      ...Object.fromEntries(Statistics.map((each) => [each, datapoint.value({ statistic: each })])),
      ExtendedStatistics: extended.length > 0 ? new Map(extended) : undefined,
      Unit: metric?.unit,
    },
  ];
}
