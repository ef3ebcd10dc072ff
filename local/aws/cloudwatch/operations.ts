import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import type { Account } from "../types";
import type { Alarm, StateChange } from "./alarm";
import { metricOperations } from "./metric-operations";
import type { OperationContext } from "./operation-context";

const state = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const page = { MaxRecords: z.int().min(1).max(100).default(50), NextToken: z.string().optional() };

const describeInput = z.object({
  ...page,
  AlarmNames: z.array(z.string()).optional(),
  AlarmNamePrefix: z.string().default(""),
  AlarmTypes: z.array(z.string()).default(["MetricAlarm"]),
  StateValue: state.optional(),
  ActionPrefix: z.string().optional(),
});
const forMetricInput = z.object({ MetricName: z.string(), Namespace: z.string() });
const historyInput = z.object({
  ...page,
  AlarmName: z.string().optional(),
  HistoryItemType: z.string().default("StateUpdate"),
});
const setStateInput = z.object({
  AlarmName: z.string(),
  StateValue: state,
  StateReason: z.string().max(1023),
});

/** Alarms are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  DescribeAlarmHistory: (input, { account, caller, cloudWatch }) => {
    const { AlarmName, HistoryItemType, ...asked } = read(historyInput, input);
    caller.require("cloudwatch:DescribeAlarmHistory", alarmArn(account, AlarmName ?? "*"));
    const items = cloudWatch
      .alarms()
      .filter(({ definition }) => AlarmName === undefined || definition.name === AlarmName)
      .flatMap((alarm) => alarm.history.map((change) => historyItem(alarm, change)))
      .filter((item) => item.HistoryItemType === HistoryItemType)
      .sort((a, b) => b.Timestamp.getTime() - a.Timestamp.getTime());
    const found = paged(items, asked);
    return { AlarmHistoryItems: found.items, NextToken: found.nextToken };
  },
  DescribeAlarms: (input, { account, caller, cloudWatch }) => {
    const asked = read(describeInput, input);
    caller.require("cloudwatch:DescribeAlarms", alarmArn(account, "*"));
    const alarms = cloudWatch
      .alarms()
      .filter(({ definition: { name } }) => asked.AlarmNames?.includes(name) ?? true)
      .filter(({ definition: { name } }) => name.startsWith(asked.AlarmNamePrefix))
      .filter((alarm) => asked.StateValue === undefined || alarm.state.value === asked.StateValue)
      .filter((alarm) => hasAction(alarm, asked.ActionPrefix))
      .filter(() => asked.AlarmTypes.includes("MetricAlarm"));
    const found = paged(alarms, asked);
    return {
      MetricAlarms: found.items.map(shownAlarm),
      CompositeAlarms: [],
      NextToken: found.nextToken,
    };
  },
  DescribeAlarmsForMetric: (input, { account, caller, cloudWatch }) => {
    const { MetricName, Namespace } = read(forMetricInput, input);
    caller.require("cloudwatch:DescribeAlarmsForMetric", alarmArn(account, "*"));
    const alarms = cloudWatch
      .alarms()
      .filter(({ definition }) => definition.metricName === MetricName)
      .filter(({ definition }) => definition.namespace === Namespace);
    return { MetricAlarms: alarms.map(shownAlarm) };
  },
  SetAlarmState: (input, { account, caller, cloudWatch }) => {
    const { AlarmName, StateValue, StateReason } = read(setStateInput, input);
    caller.require("cloudwatch:SetAlarmState", alarmArn(account, AlarmName));
    cloudWatch.setAlarmState(AlarmName, StateValue, StateReason);
    return {};
  },
  ...metricOperations,
};

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "ValidationError");
}

function alarmArn(account: Account, name: string): string {
  return regionalArn(account, "cloudwatch", `alarm:${name}`);
}

function paged<Item>(
  all: readonly Item[],
  { MaxRecords, NextToken }: { MaxRecords: number; NextToken?: string | undefined },
) {
  return pageOf(all, NextToken, MaxRecords, () => {
    return new AwsError("InvalidNextToken", "The next token specified is invalid.");
  });
}

function hasAction({ definition }: Alarm, prefix: string | undefined): boolean {
  const { alarmActions = [], okActions = [], insufficientDataActions = [] } = definition;
  const actions = [...alarmActions, ...okActions, ...insufficientDataActions];
  return prefix === undefined || actions.some((action) => action.startsWith(prefix));
}

function shownAlarm({
  arn,
  definition,
  definedAt,
  state: { value, reason, at = definedAt },
}: Alarm) {
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
    StateUpdatedTimestamp: at,
    StateTransitionedTimestamp: at,
    MetricName: definition.metricName,
    Namespace: definition.namespace,
    Statistic: definition.statistic,
    ExtendedStatistic: definition.extendedStatistic,
    Dimensions: Object.entries(definition.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: definition.period,
    EvaluationPeriods: definition.evaluationPeriods,
    DatapointsToAlarm: definition.datapointsToAlarm,
    Threshold: definition.threshold,
    ComparisonOperator: definition.comparisonOperator,
    TreatMissingData: definition.treatMissingData,
  };
}

function historyItem({ definition }: Alarm, { oldState, newState, reason, at }: StateChange) {
  return {
    AlarmName: definition.name,
    AlarmType: "MetricAlarm",
    Timestamp: at,
    HistoryItemType: "StateUpdate",
    HistorySummary: `Alarm updated from ${oldState} to ${newState}`,
    HistoryData: JSON.stringify({
      version: "1.0",
      oldState: { stateValue: oldState },
      newState: { stateValue: newState, stateReason: reason },
    }),
  };
}
