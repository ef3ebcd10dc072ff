import type { Alarm } from "../../aws/cloudwatch/alarm";
import {
  type AlarmDefinition,
  comparisonWords,
  type MetricSource,
} from "../../aws/cloudwatch/alarm-definition";
import type { CompositeAlarm } from "../../aws/cloudwatch/composite-alarm";
import type { StatefulAlarm } from "../../aws/cloudwatch/stateful-alarm";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import type { PageSources } from "../sources";
import { watchChanges } from "../watch-changes";
import type { AlarmInfo, AlarmsAnswer } from "./types";

type AlarmSource = Pick<PageSources, "alarms" | "compositeAlarms">;

/** The alarms, their states and why they are so. */
export function alarmRoutes({ alarms, compositeAlarms }: AlarmSource): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/alarms",
      answer: (): AlarmsAnswer => ({
        alarms: [...compositeAlarms().map(compositeInfo), ...alarms().map(metricInfo)],
      }),
    },
  ];
}

/** Tells pages of alarms that change their state. */
export function alarmEvents({ alarms, compositeAlarms }: AlarmSource): EventSource {
  const states = () =>
    new Map(
      [...compositeAlarms(), ...alarms()].map(({ definition, state }) => [
        definition.name,
        state.value,
      ]),
    );
  return (send) =>
    watchChanges(states, (name) => {
      send("alarm", { name, state: states().get(name) ?? "" });
    });
}

function metricInfo(alarm: Alarm): AlarmInfo {
  const { definition } = alarm;
  const { threshold, evaluationPeriods } = definition;
  const { period, metrics } = alarm.watched;
  const words = comparisonWords(definition.comparisonOperator);
  return {
    ...commonInfo(alarm),
    condition:
      `${whatIsWatched(definition)} is ${words} ${threshold} in ` +
      `${definition.datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods} periods of ${period} s`,
    dimensions:
      definition.metrics === undefined
        ? { ...definition.dimensions }
        : Object.fromEntries(metrics.map(describeMetric)),
  };
}

function compositeInfo(alarm: CompositeAlarm): AlarmInfo {
  return { ...commonInfo(alarm), condition: alarm.definition.rule, dimensions: {} };
}

function commonInfo({ definition, state }: StatefulAlarm) {
  const { name, description } = definition;
  return {
    name,
    state: state.value,
    reason: state.reason,
    ...(description !== undefined && { description }),
    ...(state.at && { since: state.at.toISOString() }),
  };
}

function whatIsWatched(definition: AlarmDefinition): string {
  if (definition.metrics !== undefined) {
    return definition.metrics.find(({ returnData }) => returnData)?.expression ?? "it";
  }
  return metricWords(definition);
}

/** What an id of an expression stands for. */
function describeMetric(metric: Alarm["watched"]["metrics"][number]): [string, string] {
  const of = Object.values(metric.dimensions).join(", ");
  return [metric.id, `${metricWords(metric)} of ${of}`];
}

/** Such as `Sum of AWS/Lambda Errors`. */
function metricWords({
  statistic,
  extendedStatistic = "",
  namespace,
  metricName,
}: MetricSource): string {
  return `${statistic ?? extendedStatistic} of ${namespace} ${metricName}`;
}
