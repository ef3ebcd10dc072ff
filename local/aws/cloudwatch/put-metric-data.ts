import { z } from "zod";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput, refuseParameters } from "../parse-input";
import type { Sample, StatisticSet } from "./datapoint";
import { metricDatum, type MetricDatumInput, type Problem, problemsOf } from "./metric-datum";
import { namespace } from "./metric-input";
import type { Measurement } from "./metrics";
import type { OperationContext } from "./operation-context";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
const putInput = z.object({
  Namespace: namespace,
  MetricData: z.array(metricDatum).min(1).max(1000),
});

/** Takes what programs measure; as services' own metrics, it is kept in memory for three hours. */
export const putMetricData: Operation<OperationContext> = (input, { caller, cloudWatch }) => {
  const { Namespace: namespace, MetricData } = parseInput(putInput, input, "InvalidParameterValue");
  const context = { "cloudwatch:namespace": namespace };
  caller.require("cloudwatch:PutMetricData", "*", { context });
  refuseParameters(input, ["EntityMetricData"], "PutMetricData of CloudWatch");
  if (/^AWS\//i.test(namespace)) {
    const message = `The value ${namespace} for parameter Namespace is invalid.`;
    throw new AwsError("InvalidParameterValue", message);
  }
  const now = cloudWatch.now();
  requireNone(MetricData.flatMap((datum, index) => problemsOf(datum, memberName(index), now)));
  for (const datum of MetricData) {
    for (const value of valuesOf(datum)) {
      cloudWatch.put(measured(namespace, datum, value));
    }
  }
  return {};
};

/** All of an input or nothing is taken. */
function requireNone(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first) {
    const alike = problems.filter(({ code }) => code === first.code);
    throw new AwsError(first.code, alike.map(({ message }) => message).join("\n"));
  }
}

function memberName(index: number): string {
  return `MetricData.member.${index + 1}`;
}

function valuesOf({
  Value,
  Values = [],
  Counts = [],
  StatisticValues: set,
}: MetricDatumInput): Sample[] {
  return [
    ...(Value === undefined ? [] : [Value]),
    ...Values.map((value, index) => repeated(value, Counts[index] ?? 1)),
    ...(set
      ? [{ sampleCount: set.SampleCount, sum: set.Sum, minimum: set.Minimum, maximum: set.Maximum }]
      : []),
  ];
}

function repeated(value: number, sampleCount: number): StatisticSet {
  return { sampleCount, sum: value * sampleCount, minimum: value, maximum: value };
}

function measured(
  namespace: string,
  { MetricName: name, Dimensions, Timestamp, Unit: unit }: MetricDatumInput,
  value: Sample,
): Measurement {
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const at = Timestamp?.getTime();
  return { namespace, name, dimensions, unit, value, ...(at !== undefined && { at }) };
}
