import { regionalArn } from "../aws/arn";
import type { AlarmDefinition, MetricQuery, Statistic } from "../aws/cloudwatch/alarm-definition";
import { statistics } from "../aws/cloudwatch/alarm-definition";
import type { CloudWatch } from "../aws/cloudwatch/cloudwatch";
import { dashboardArn } from "../aws/cloudwatch/dashboard-operations";
import { checkDashboard } from "../aws/cloudwatch/dashboards";
import type { CompositeDefinition } from "../aws/cloudwatch/composite-alarm";
import { parseRule } from "../aws/cloudwatch/composite-rule";
import { validateActions, validateAlarm } from "../aws/cloudwatch/validate-alarm";
import { NotEmulatedByService } from "../aws/not-emulated";
import type { Account } from "../aws/types";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

/** Inputs that make an alarm of a kind that is not emulated, and what they stand for. */
const kindsNotEmulated = {
  thresholdMetricId: "anomaly detection",
  evaluationCriteria: "PromQL",
  unit: "a metric's unit",
} as const;

/** Those of its queries. */
const queriesNotEmulated = { unit: "a metric's unit", accountId: "a metric of another account" };

interface QueryInputs {
  id: string;
  label?: string;
  returnData?: boolean;
  expression?: string;
  accountId?: string;
  metric?: {
    namespace?: string;
    metricName: string;
    dimensions?: Record<string, string>;
    period: number;
    stat: string;
    unit?: string;
  };
}

interface MetricAlarmInputs extends Record<string, unknown> {
  alarmDescription?: string;
  dimensions?: Record<string, string>;
  threshold?: number;
  metricQueries?: QueryInputs[];
  tags?: Record<string, string>;
}

interface CompositeAlarmInputs extends Omit<CompositeDefinition, "name" | "rule"> {
  alarmName: string;
  alarmRule: string;
  alarmDescription?: string;
  actionsSuppressor?: unknown;
  tags?: Record<string, string>;
}

/** The resource types of CloudWatch. */
export function cloudwatchResources(cloudWatch: CloudWatch, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": (request) =>
      planCompositeAlarm(cloudWatch, account, request),
    "aws:cloudwatch/dashboard:Dashboard": (request) => planDashboard(cloudWatch, account, request),
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
  const { tags = {}, ...inputs } = request.inputs as MetricAlarmInputs;
  const definition = { ...definitionOf(name, inputs), tags };
  const kind = kindNotEmulated(inputs) ?? validate(definition);
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

function planDashboard(
  cloudWatch: CloudWatch,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const { dashboardName: name, dashboardBody: body } = request.inputs as {
    dashboardName: string;
    dashboardBody: string;
  };
  checkDashboard(name, body);
  return {
    id: name,
    outputs: {
      ...request.inputs,
      dashboardArn: dashboardArn(account, name),
      region: account.region,
    },
    create: () => {
      cloudWatch.dashboards.put(name, body);
    },
    remove: () => {
      cloudWatch.dashboards.delete(name);
    },
  };
}

function planCompositeAlarm(
  cloudWatch: CloudWatch,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as CompositeAlarmInputs;
  const { alarmName: name, alarmRule: rule, alarmDescription: description, tags = {} } = inputs;
  const { alarmActions, okActions, insufficientDataActions, actionsEnabled } = inputs;
  const actions = { alarmActions, okActions, insufficientDataActions, actionsEnabled };
  const definition: CompositeDefinition = { ...actions, name, description, rule, tags };
  // Nothing is created where one thing is refused; whether its children are there is known later.
  validateActions(definition);
  parseRule(rule);
  return {
    id: name,
    outputs: {
      actionsEnabled: true,
      ...request.inputs,
      arn: regionalArn(account, "cloudwatch", `alarm:${name}`),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      if (inputs.actionsSuppressor === undefined) {
        cloudWatch.putCompositeAlarm(definition);
      } else {
        cloudWatch.recordAlarm(name, "the suppression of a composite alarm's actions");
      }
    },
    remove: () => {
      cloudWatch.deleteAlarm(name);
    },
  };
}

function kindNotEmulated(inputs: MetricAlarmInputs): string | undefined {
  const found = Object.entries(kindsNotEmulated).find(([input]) => input in inputs);
  const ofQueries = Object.entries(queriesNotEmulated).find(([input]) =>
    inputs.metricQueries?.some((query) => input in query || input in (query.metric ?? {})),
  );
  return (found ?? ofQueries)?.[1];
}

/**
 * @returns what of an alarm's metric maths is not emulated.
 * @throws AwsError for a definition that CloudWatch refuses.
 */
function validate(definition: AlarmDefinition): string | undefined {
  try {
    validateAlarm(definition);
    return undefined;
  } catch (error) {
    if (error instanceof NotEmulatedByService && definition.metrics !== undefined) {
      return error.what;
    }
    throw error;
  }
}

function definitionOf(name: string, inputs: MetricAlarmInputs): AlarmDefinition {
  // Without a threshold, the provider sends 0.
  const { alarmDescription, dimensions = {}, threshold = 0, metricQueries, ...rest } = inputs;
  const metrics = metricQueries?.map(queryOf);
  const watched = metrics ? { metrics } : { dimensions };
  return {
    ...rest,
    ...watched,
    threshold,
    name,
    description: alarmDescription,
  } as unknown as AlarmDefinition;
}

function queryOf({ metric, ...query }: QueryInputs): MetricQuery {
  return {
    ...query,
    ...(metric && {
      metric: {
        namespace: metric.namespace ?? "",
        metricName: metric.metricName,
        dimensions: metric.dimensions ?? {},
        period: metric.period,
        ...(isStatistic(metric.stat)
          ? { statistic: metric.stat }
          : { extendedStatistic: metric.stat }),
      },
    }),
  };
}

function isStatistic(stat: string): stat is Statistic {
  return statistics.some((one) => one === stat);
}
