import { z } from "zod";
import { pageOf } from "../api/page-of";
import type { Structure } from "../api/output";
import type { Operation } from "../api/rpc-api";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { parseInput, refuseParameters } from "../parse-input";
import { tagList } from "../tag-list";
import type { Account } from "../types";
import {
  historyItem,
  isOfMetric,
  shownAlarm,
  shownChild,
  shownComposite,
  typeOf,
} from "./alarm-views";
import { Alarm } from "./alarm";
import { statistics } from "./alarm-definition";
import { dashboardOperations } from "./dashboard-operations";
import { metricOperations } from "./metric-operations";
import { dimensions, metricName, namespace } from "./metric-input";
import type { OperationContext } from "./operation-context";
import type { StatefulAlarm } from "./stateful-alarm";
import { time } from "./time-input";

const alarmName = z.string().min(1).max(255);
const state = z.enum(["INSUFFICIENT_DATA", "ALARM", "OK"]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const page = { MaxRecords: z.int().min(1).max(100).default(50), NextToken: z.string().optional() };

/** CloudWatch shows alarms on metrics alone to who does not ask for others; none is on logs here. */
const alarmTypes = z
  .array(z.enum(["CompositeAlarm", "MetricAlarm", "LogAlarm"]))
  .default(["MetricAlarm"]);

/** Here, states alone are kept of an alarm's history. */
const historyItemTypes = z.enum([
  "ConfigurationUpdate",
  "StateUpdate",
  "Action",
  "AlarmContributorStateUpdate",
  "AlarmContributorAction",
]);

const describeInput = z.object({
  ...page,
  AlarmNames: z.array(alarmName).max(100).optional(),
  AlarmNamePrefix: alarmName.default(""),
  AlarmTypes: alarmTypes,
  ChildrenOfAlarmName: alarmName.optional(),
  ParentsOfAlarmName: alarmName.optional(),
  StateValue: state.optional(),
  ActionPrefix: z.string().min(1).max(1024).optional(),
});
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html */
const forMetricInput = z.object({
  MetricName: metricName,
  Namespace: namespace,
  Dimensions: dimensions.optional(),
  Statistic: z.enum(statistics).optional(),
  ExtendedStatistic: z.string().optional(),
  Period: z.int().min(1).optional(),
});
const historyInput = z.object({
  ...page,
  AlarmName: alarmName.optional(),
  AlarmTypes: alarmTypes,
  HistoryItemType: historyItemTypes.default("StateUpdate"),
  StartDate: time.optional(),
  EndDate: time.optional(),
  ScanBy: z.enum(["TimestampDescending", "TimestampAscending"]).default("TimestampDescending"),
});
const setStateInput = z.object({
  AlarmName: alarmName,
  StateValue: state,
  StateReason: z.string().max(1023),
  StateReasonData: z.string().max(4000).optional(),
});
/** Of what CloudWatch tags, alarms alone are emulated. */
const tagsInput = z.object({
  ResourceARN: z.string().regex(/^arn:[^:]+:cloudwatch:[^:]+:\d{12}:alarm:/),
});

/** Alarms are made by the program alone. */
export const operations: Readonly<Record<string, Operation<OperationContext>>> = {
  DescribeAlarmHistory: (input, { account, caller, cloudWatch }) => {
    const { AlarmName, AlarmTypes, HistoryItemType, ...asked } = read(historyInput, input);
    refuseParameters(input, ["AlarmContributorId"], "DescribeAlarmHistory of CloudWatch");
    caller.require("cloudwatch:DescribeAlarmHistory", alarmArn(account, AlarmName ?? "*"));
    const items = [...cloudWatch.alarms(), ...cloudWatch.composites()]
      .filter(({ definition }) => AlarmName === undefined || definition.name === AlarmName)
      .filter((alarm) => AlarmTypes.includes(typeOf(alarm)))
      .flatMap((alarm) => alarm.history.map((change) => historyItem(alarm, change)))
      .filter((item) => item.HistoryItemType === HistoryItemType)
      .filter(({ Timestamp: at }) => at >= (asked.StartDate ?? at) && at <= (asked.EndDate ?? at))
      .sort((a, b) => b.Timestamp.getTime() - a.Timestamp.getTime());
    const found = paged(asked.ScanBy === "TimestampAscending" ? items.toReversed() : items, asked);
    return { AlarmHistoryItems: found.items, NextToken: found.nextToken };
  },
  DescribeAlarms: (input, { account, caller, cloudWatch }) => {
    const asked = read(describeInput, input);
    caller.require("cloudwatch:DescribeAlarms", alarmArn(account, "*"));
    const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = asked;
    if (parent !== undefined || child !== undefined) {
      const family = [
        ...(parent === undefined ? [] : cloudWatch.childrenOf(parent)),
        ...(child === undefined ? [] : cloudWatch.parentsOf(child)),
      ];
      return described(family, asked, shownChild);
    }
    const alarms = [...cloudWatch.composites(), ...cloudWatch.alarms()]
      .filter((alarm) => asked.AlarmTypes.includes(typeOf(alarm)))
      .filter(({ definition: { name } }) => asked.AlarmNames?.includes(name) ?? true)
      .filter(({ definition: { name } }) => name.startsWith(asked.AlarmNamePrefix))
      .filter((alarm) => asked.StateValue === undefined || alarm.state.value === asked.StateValue)
      .filter((alarm) => hasAction(alarm, asked.ActionPrefix));
    return described(alarms, asked, (alarm) =>
      alarm instanceof Alarm ? shownAlarm(alarm) : shownComposite(alarm),
    );
  },
  DescribeAlarmsForMetric: (input, { account, caller, cloudWatch }) => {
    const asked = read(forMetricInput, input);
    refuseParameters(input, ["Unit"], "DescribeAlarmsForMetric of CloudWatch");
    caller.require("cloudwatch:DescribeAlarmsForMetric", alarmArn(account, "*"));
    const alarms = cloudWatch.alarms().filter(({ definition }) => isOfMetric(definition, asked));
    return { MetricAlarms: alarms.map(shownAlarm) };
  },
  ListTagsForResource: (input, { caller, cloudWatch }) => {
    const { ResourceARN } = parseInput(tagsInput, input, "InvalidParameterValue");
    caller.require("cloudwatch:ListTagsForResource", ResourceARN);
    const alarms: StatefulAlarm[] = [...cloudWatch.alarms(), ...cloudWatch.composites()];
    const found = alarms.find(({ arn }) => arn === ResourceARN);
    if (!found) {
      throw new AwsError("ResourceNotFoundException", `Unknown resource: ${ResourceARN}`, 404);
    }
    return { Tags: tagList(found.definition.tags ?? {}) };
  },
  SetAlarmState: (input, { account, caller, cloudWatch }) => {
    const { AlarmName, StateValue, StateReason, StateReasonData } = read(setStateInput, input);
    caller.require("cloudwatch:SetAlarmState", alarmArn(account, AlarmName));
    cloudWatch.setAlarmState(AlarmName, StateValue, StateReason, jsonText(StateReasonData));
    return {};
  },
  ...dashboardOperations,
  ...metricOperations,
};

function read<T>(schema: z.ZodType<T>, input: unknown): T {
  return parseInput(schema, input, "ValidationError");
}

/** An empty text is none. @throws AwsError `InvalidFormat`. */
function jsonText(text = ""): string | undefined {
  try {
    return text === "" ? undefined : JSON.stringify(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new AwsError("InvalidFormat", "Data was not syntactically valid JSON.");
    }
    throw error;
  }
}

function alarmArn(account: Account, name: string): string {
  return regionalArn(account, "cloudwatch", `alarm:${name}`);
}

/** A page of alarms, each kind by itself. */
function described<Of extends StatefulAlarm>(
  alarms: readonly Of[],
  asked: z.infer<typeof describeInput>,
  show: (alarm: Of) => Structure,
) {
  const found = paged(alarms, asked);
  const ofType = (type: string) => found.items.filter((alarm) => typeOf(alarm) === type).map(show);
  return {
    MetricAlarms: ofType("MetricAlarm"),
    CompositeAlarms: ofType("CompositeAlarm"),
    LogAlarms: [],
    NextToken: found.nextToken,
  };
}

function hasAction({ definition }: StatefulAlarm, prefix: string | undefined): boolean {
  const { alarmActions = [], okActions = [], insufficientDataActions = [] } = definition;
  const actions = [...alarmActions, ...okActions, ...insufficientDataActions];
  return prefix === undefined || actions.some((action) => action.startsWith(prefix));
}

function paged<Item>(
  all: readonly Item[],
  { MaxRecords, NextToken }: { MaxRecords: number; NextToken?: string | undefined },
) {
  return pageOf(all, NextToken, MaxRecords, () => {
    return new AwsError("InvalidNextToken", "The next token specified is invalid.");
  });
}
