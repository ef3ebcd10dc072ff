import type { Account } from "../types";
import { Alarm } from "./alarm";
import type { MetricSource } from "./alarm-definition";
import { shownQuery } from "./alarm-views";
import type { Child, CompositeAlarm } from "./composite-alarm";
import { mailText } from "./mail-text";
import { regionName } from "./region-names";
import type { StateChange } from "./stateful-alarm";
import { timestamp } from "./timestamp";

/** What SNS receives; subjects are cut at its limit of 100 characters. */
export interface Notification {
  subject: string;
  /** JSON of the texts by protocol: `email` for people, and `default`, a JSON text, for all others. */
  message: string;
  messageStructure: "json";
}

/**
 * The notification of a change, as alarms send it to SNS: composite alarms with the children that
 * triggered it, others with what they watch.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function notification(
  account: Account,
  alarm: Alarm | CompositeAlarm,
  change: StateChange,
): Notification {
  const { definition } = alarm;
  const region = regionName(account.region);
  const message = {
    AlarmName: definition.name,
    AlarmDescription: definition.description ?? null,
    AWSAccountId: account.accountId,
    AlarmConfigurationUpdatedTimestamp: timestamp(alarm.definedAt),
    NewStateValue: change.newState,
    NewStateReason: change.reason,
    StateChangeTime: timestamp(change.at),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: change.oldState,
    OKActions: definition.okActions ?? [],
    AlarmActions: definition.alarmActions ?? [],
    InsufficientDataActions: definition.insufficientDataActions ?? [],
    // Nothing mutes alarms here.
    ActionExecutedAfterMuteWindow: false,
    ...(alarm instanceof Alarm ? { Trigger: trigger(alarm) } : causes(alarm)),
  };
  return {
    subject: `${change.newState}: "${definition.name}" in ${region}`.slice(0, 100),
    message: JSON.stringify({
      default: JSON.stringify(message),
      email: mailText(account, alarm, change),
    }),
    messageStructure: "json",
  };
}

function causes({ definition, triggers }: CompositeAlarm): Record<string, unknown> {
  return { AlarmRule: definition.rule, TriggeringChildren: triggers.map(triggeringChild) };
}

function triggeringChild({ arn, state: { value, at } }: Child): Record<string, unknown> {
  return { Arn: arn, State: { Value: value, ...(at && { Timestamp: timestamp(at) }) } };
}

function trigger({ definition, watched: { period } }: Alarm): Record<string, unknown> {
  const condition = {
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    ComparisonOperator: definition.comparisonOperator,
    Threshold: definition.threshold,
    TreatMissingData: definition.treatMissingData ?? "missing",
    EvaluateLowSampleCountPercentile: "",
  };
  if (definition.metrics !== undefined) {
    const metrics = definition.metrics.map((query) => shownQuery(query, metricOf));
    return { Period: period, ...condition, Metrics: metrics };
  }
  const { statistic, extendedStatistic } = definition;
  return {
    ...metricOf(definition),
    ...(statistic === undefined
      ? { StatisticType: "ExtendedStatistic", ExtendedStatistic: extendedStatistic }
      : { StatisticType: "Statistic", Statistic: shouted(statistic) }),
    Unit: null,
    Period: period,
    ...condition,
  };
}

function metricOf({ metricName, namespace, dimensions }: MetricSource) {
  return {
    MetricName: metricName,
    Namespace: namespace,
    Dimensions: Object.entries(dimensions).map(([name, value]) => ({ value, name })),
  };
}

/** `SampleCount` becomes `SAMPLE_COUNT`. */
function shouted(statistic: string): string {
  return statistic.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
