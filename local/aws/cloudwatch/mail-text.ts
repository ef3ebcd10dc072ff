import type { Account } from "../types";
import { Alarm } from "./alarm";
import type { AlarmDefinition, MetricSource } from "./alarm-definition";
import type { CompositeAlarm } from "./composite-alarm";
import { regionName } from "./region-names";
import { decimal } from "./state-reason";
import type { StateChange } from "./stateful-alarm";
import { longTime } from "./timestamp";

/** Most children that a mail names. */
const maxChildren = 10;

/** Columns at which values begin, below each other. */
const columns = { details: 30, metric: 39 };

/** The mail that people get of a change of an alarm, as CloudWatch words it. */
export function mailText(
  account: Account,
  alarm: Alarm | CompositeAlarm,
  change: StateChange,
): string {
  const { definition } = alarm;
  return [
    opening(account, alarm, change),
    "",
    "View this alarm in the AWS Management Console:",
    consoleUrl(account, definition.name),
    "",
    "Alarm Details:",
    ...lines(columns.details, [
      ["Name", definition.name],
      ["Description", definition.description ?? ""],
      ["State Change", `${change.oldState} -> ${change.newState}`],
      ...(alarm instanceof Alarm ? [] : [["Alarm Rule", alarm.definition.rule] as const]),
      ["Reason for State Change", change.reason],
      ["Timestamp", longTime(change.at)],
      ["AWS Account", account.accountId],
      ["Alarm Arn", alarm.arn],
    ]),
    "",
    ...(alarm instanceof Alarm ? watchedLines(alarm) : childLines(alarm)),
    "",
    "State Change Actions:",
    `- OK: ${actions(definition.okActions)}`,
    `- ALARM: ${actions(definition.alarmActions)}`,
    `- INSUFFICIENT_DATA: ${actions(definition.insufficientDataActions)}`,
  ].join("\n");
}

function opening(
  { region }: Account,
  alarm: Alarm | CompositeAlarm,
  { newState, reason, at }: StateChange,
): string {
  const start =
    `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.definition.name}" ` +
    `in the ${regionName(region)} region has`;
  return alarm instanceof Alarm
    ? `${start} entered the ${newState} state, because "${reason}" at "${longTime(at)}".`
    : `${start} transitioned to ${newState} state on ${longTime(at)}, because "${reason}".`;
}

function consoleUrl({ region }: Account, name: string): string {
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/deeplink.js`;
  return `${console}?region=${region}#alarmsV2:alarm/${encodeURIComponent(name)}`;
}

function watchedLines({ definition, watched: { period } }: Alarm): string[] {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = definition;
  return [
    "Threshold:",
    `- The alarm is in the ALARM state when the metric is ${definition.comparisonOperator} ` +
      `${decimal(definition.threshold)} for at least ${datapointsToAlarm} of the last ` +
      `${evaluationPeriods} period(s) of ${period} seconds.`,
    "",
    ...(definition.metrics === undefined
      ? ["Monitored Metric:", ...metricLines(definition, period)]
      : ["Monitored Metrics:", ...expressionLines(definition)]),
  ];
}

function metricLines(
  definition: MetricSource & Pick<AlarmDefinition, "treatMissingData">,
  period: number,
): string[] {
  const { namespace, metricName, dimensions, statistic, extendedStatistic } = definition;
  return lines(columns.metric, [
    ["MetricNamespace", namespace],
    ["MetricName", metricName],
    ["Dimensions", Object.entries(dimensions).map(dimensionText).join(", ")],
    ["Period", `${period} seconds`],
    ["Statistic", statistic ?? extendedStatistic ?? ""],
    ["Unit", "not specified"],
    ["TreatMissingData", definition.treatMissingData ?? "missing"],
  ]);
}

function dimensionText([name, value]: [string, string]): string {
  return `[${name} = ${value}]`;
}

/** The query that the alarm watches. */
function expressionLines({ metrics = [] }: AlarmDefinition): string[] {
  const watched = metrics.find(({ returnData }) => returnData === true);
  return lines(columns.metric, [
    ["MetricExpression", watched?.expression ?? ""],
    ["MetricLabel", watched?.label ?? watched?.id ?? ""],
  ]);
}

function childLines({ triggers }: CompositeAlarm): string[] {
  const children = triggers.slice(0, maxChildren).map(({ arn, state: { value, at } }) => {
    const since = at === undefined ? "" : longTime(at);
    return `- ${arn}   ${value}   ${since}`.trimEnd();
  });
  return [`Triggering children (max. ${maxChildren}):`, ...children];
}

function lines(column: number, facts: readonly (readonly [string, string])[]): string[] {
  return facts.map(([name, value]) => `- ${name}:`.padEnd(column) + value);
}

function actions(arns: readonly string[] = []): string {
  return arns.map((arn) => `[${arn}]`).join(" ");
}
