import { regionalArn } from "../aws/arn";
import { validateAlarm } from "../aws/cloudwatch/alarm-definition";
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

type MetricAlarmInputs = Omit<
  AlarmDefinition,
  "name" | "description" | "dimensions" | "threshold"
> & {
  threshold?: number;
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
  const kind = kindNotEmulated(inputs);
  const definition = definitionOf(name, inputs);
  if (kind === undefined) {
    validateAlarm(definition);
  }
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
      if (kind === undefined) {
        cloudWatch.putAlarm(definition);
      } else {
        cloudWatch.recordAlarm(name, kind);
      }
    },
    remove: () => {
      cloudWatch.deleteAlarm(name);
    },
  };
}

function kindNotEmulated(inputs: MetricAlarmInputs): string | undefined {
  return Object.entries(kindsNotEmulated).find(([input]) => input in inputs)?.[1];
}

function definitionOf(name: string, inputs: MetricAlarmInputs): AlarmDefinition {
  // Without a threshold, the provider sends 0.
  const { alarmDescription, dimensions = {}, threshold = 0, ...definition } = inputs;
  return {
    ...definition,
    threshold,
    name,
    dimensions,
    description: alarmDescription,
  };
}
