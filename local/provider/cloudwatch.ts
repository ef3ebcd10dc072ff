import { regionalArn } from "../aws/arn";
import type { AlarmDefinition } from "../aws/cloudwatch/alarm-definition";
import type { CloudWatch } from "../aws/cloudwatch/cloudwatch";
import type { Account } from "../aws/types";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

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
      planMetricAlarm(cloudWatch, account, request),
  };
}

function planMetricAlarm(
  cloudWatch: CloudWatch,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const name = request.physicalName();
  const { tags = {}, ...inputs } = request.inputs as unknown as MetricAlarmInputs;
  return {
    id: name,
    outputs: {
      actionsEnabled: true,
      treatMissingData: "missing",
      evaluateLowSampleCountPercentiles: "",
      ...request.inputs,
      name,
      arn: regionalArn(account, "cloudwatch", `alarm:${name}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      putAlarm(cloudWatch, name, inputs);
    },
    remove: () => {
      cloudWatch.deleteAlarm(name);
    },
  };
}

function putAlarm(cloudWatch: CloudWatch, name: string, inputs: MetricAlarmInputs): void {
  for (const [input, kind] of Object.entries(kindsNotEmulated)) {
    if (input in inputs) {
      cloudWatch.recordAlarm(name, kind);
      return;
    }
  }
  const { alarmDescription, dimensions = {}, ...definition } = inputs;
  cloudWatch.putAlarm({
    ...definition,
    name,
    dimensions,
    description: alarmDescription,
  });
}
