import type { Account } from "../types";
import type { Alarm, StateChange } from "./alarm";
import { regionName } from "./region-names";

/** What SNS receives; subjects are cut at its limit of 100 characters. */
export interface Notification {
  subject: string;
  /** JSON text. */
  message: string;
}

/**
 * The notification of a change, as alarms send it to SNS.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function notification(account: Account, alarm: Alarm, change: StateChange): Notification {
  const { definition } = alarm;
  const region = regionName(account.region);
  const message = {
    AlarmName: definition.name,
    AlarmDescription: definition.description ?? null,
    AWSAccountId: account.accountId,
    NewStateValue: change.newState,
    NewStateReason: change.reason,
    StateChangeTime: change.at.toISOString().replace("Z", "+0000"),
    Region: region,
    AlarmArn: alarm.arn,
    OldStateValue: change.oldState,
    OKActions: definition.okActions ?? [],
    AlarmActions: definition.alarmActions ?? [],
    InsufficientDataActions: definition.insufficientDataActions ?? [],
    Trigger: trigger(alarm),
  };
  return {
    subject: `${change.newState}: "${definition.name}" in ${region}`.slice(0, 100),
    message: JSON.stringify(message),
  };
}

function trigger({ definition }: Alarm): Record<string, unknown> {
  const { statistic, extendedStatistic } = definition;
  return {
    MetricName: definition.metricName,
    Namespace: definition.namespace,
    ...(statistic === undefined
      ? { StatisticType: "ExtendedStatistic", ExtendedStatistic: extendedStatistic }
      : { StatisticType: "Statistic", Statistic: shouted(statistic) }),
    Unit: null,
    Dimensions: Object.entries(definition.dimensions).map(([name, value]) => ({ value, name })),
    Period: definition.period,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm ?? definition.evaluationPeriods,
    ComparisonOperator: definition.comparisonOperator,
    Threshold: definition.threshold,
    TreatMissingData: definition.treatMissingData ?? "missing",
    EvaluateLowSampleCountPercentile: "",
  };
}

/** `SampleCount` becomes `SAMPLE_COUNT`. */
function shouted(statistic: string): string {
  return statistic.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
