import type { AlarmDefinition } from "../aws/cloudwatch/alarm-definition";
import type { CloudWatch } from "../aws/cloudwatch/cloudwatch";
import type { Account } from "../aws/types";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

/** Inputs that make an alarm of a kind that is not emulated, and what they stand for. */
const kindsNotEmulated = {
  metricQueries: "metric math",
  thresholdMetricId: "anomaly detection",
  evaluationCriteria: "PromQL",
  unit: "a metric's unit",
} as const;

type MetricAlarmInputs = Omit<AlarmDefinition, "name" | "description" | "dimensions"> & {
  alarmDescription?: string;
  dimensions?: Record<string, string>;
  tags?: Record<string, string>;
};

/** The resource types of CloudWatch alarms. */
export function cloudwatchResources(cloudWatch: CloudWatch, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/metricAlarm:MetricAlarm": (request) =>
      Promise.resolve(createMetricAlarm(cloudWatch, account, request)),
  };
}

function createMetricAlarm(
  cloudWatch: CloudWatch,
  account: Account,
  request: ResourceRequest,
): ResourceState {
  const name = request.physicalName();
  const { tags = {}, ...inputs } = request.inputs as unknown as MetricAlarmInputs;
  const { arn } = putAlarm(cloudWatch, name, inputs);
  return {
    id: name,
    outputs: {
      actionsEnabled: true,
      treatMissingData: "missing",
      evaluateLowSampleCountPercentiles: "",
      ...request.inputs,
      name,
      arn,
      region: account.region,
      tagsAll: tags,
    },
  };
}

function putAlarm(
  cloudWatch: CloudWatch,
  name: string,
  inputs: MetricAlarmInputs,
): { arn: string } {
  for (const [input, kind] of Object.entries(kindsNotEmulated)) {
    if (input in inputs) {
      return cloudWatch.recordAlarm(name, kind);
    }
  }
  const { alarmDescription, dimensions = {}, ...definition } = inputs;
  return cloudWatch.putAlarm({
    ...definition,
    name,
    dimensions,
    description: alarmDescription,
  });
}
