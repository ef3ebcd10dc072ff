import type { Structure } from "../api/output";
import { Alarm } from "./alarm";
import type { AlarmDefinition, MetricQuery, MetricSource } from "./alarm-definition";
import type { CompositeAlarm } from "./composite-alarm";
import type { StateChange, StatefulAlarm, StateReason } from "./stateful-alarm";

/** The kind of an alarm, as CloudWatch's API names it. */
export function typeOf(alarm: StatefulAlarm): "CompositeAlarm" | "MetricAlarm" {
  return alarm instanceof Alarm ? "MetricAlarm" : "CompositeAlarm";
}

/** A metric that alarms are looked for by, with as much of how they read it as is to match. */
interface AskedMetric {
  Namespace: string;
  MetricName: string;
  /** All of its dimensions. */
  Dimensions?: readonly { Name: string; Value: string }[] | undefined;
  Statistic?: string | undefined;
  ExtendedStatistic?: string | undefined;
  /** Seconds. */
  Period?: number | undefined;
}

/** Whether an alarm is on this metric by itself; those on expressions are not looked for by metric. */
export function isOfMetric(definition: AlarmDefinition, asked: AskedMetric): boolean {
  if (definition.metrics !== undefined) {
    return false;
  }
  const { Dimensions: dimensions, ...others } = asked;
  const given = Object.entries<unknown>(others).filter(([, value]) => value !== undefined);
  const shown: Readonly<Record<string, unknown>> = {
    ...shownMetric(definition),
    Statistic: definition.statistic,
    ExtendedStatistic: definition.extendedStatistic,
    Period: definition.period,
  };
  return (
    given.every(([name, value]) => shown[name] === value) &&
    (dimensions === undefined || areDimensions(definition.dimensions, dimensions))
  );
}

function areDimensions(
  dimensions: Readonly<Record<string, string>>,
  asked: readonly { Name: string; Value: string }[],
): boolean {
  return (
    asked.length === Object.keys(dimensions).length &&
    asked.every(({ Name, Value }) => dimensions[Name] === Value)
  );
}

/** An alarm on metrics, as DescribeAlarms shows it. */
export function shownAlarm(alarm: Alarm) {
  const { definition } = alarm;
  return {
    ...common(alarm),
    ...(definition.metrics === undefined
      ? {
          ...shownMetric(definition),
          Statistic: definition.statistic,
          ExtendedStatistic: definition.extendedStatistic,
          Period: definition.period,
        }
      : { Metrics: definition.metrics.map((query) => shownQuery(query, shownMetric)) }),
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparisonOperator,
    TreatMissingData: definition.treatMissingData,
  };
}

/** A composite alarm, as DescribeAlarms shows it. */
export function shownComposite(alarm: CompositeAlarm) {
  return { ...common(alarm), AlarmRule: alarm.definition.rule };
}

/** What DescribeAlarms tells of the parents or children of another. */
export function shownChild(alarm: StatefulAlarm) {
  const { AlarmName, AlarmArn, StateValue, StateUpdatedTimestamp } = common(alarm);
  return { AlarmName, AlarmArn, StateValue, StateUpdatedTimestamp };
}

/** A change of state, as DescribeAlarmHistory shows it. */
export function historyItem(alarm: StatefulAlarm, change: StateChange) {
  const { oldState, oldReason, newState, at } = change;
  return {
    AlarmName: alarm.definition.name,
    AlarmType: typeOf(alarm),
    Timestamp: at,
    HistoryItemType: "StateUpdate",
    HistorySummary: `Alarm updated from ${oldState} to ${newState}`,
    HistoryData: JSON.stringify({
      version: "1.0",
      oldState: { stateValue: oldState, ...historyReason(oldReason) },
      newState: { stateValue: newState, ...historyReason(change) },
    }),
  };
}

function historyReason({ reason, reasonData }: StateReason) {
  return {
    stateReason: reason,
    ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) as unknown }),
  };
}

/**
 * A query of metric maths, as notifications and DescribeAlarms show it.
 *
 * @param showMetric its metric, which they name in different ways.
 */
export function shownQuery(
  { id, label, expression, metric, returnData = false }: MetricQuery,
  showMetric: (metric: MetricSource) => Structure,
) {
  return {
    Expression: expression,
    Id: id,
    Label: label,
    MetricStat: metric && {
      Metric: showMetric(metric),
      Period: metric.period,
      Stat: metric.statistic ?? metric.extendedStatistic,
    },
    ReturnData: returnData,
  };
}

function common({ arn, definition, definedAt, state }: StatefulAlarm) {
  const { value, reason, reasonData, at = definedAt } = state;
  return {
    AlarmName: definition.name,
    AlarmArn: arn,
    AlarmDescription: definition.description,
    AlarmConfigurationUpdatedTimestamp: definedAt,
    ActionsEnabled: definition.actionsEnabled ?? true,
    OKActions: definition.okActions ?? [],
    AlarmActions: definition.alarmActions ?? [],
    InsufficientDataActions: definition.insufficientDataActions ?? [],
    StateValue: value,
    StateReason: reason,
    StateReasonData: reasonData,
    StateUpdatedTimestamp: at,
    StateTransitionedTimestamp: at,
  };
}

function shownMetric({ metricName, namespace, dimensions }: MetricSource) {
  return {
    MetricName: metricName,
    Namespace: namespace,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
