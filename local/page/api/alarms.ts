import type { Alarm } from "../../aws/cloudwatch/alarm";
import { comparisonWords } from "../../aws/cloudwatch/alarm-definition";
import type { ApiRoute } from "../api-routes";
import type { EventSource } from "../event-stream";
import type { PageSources } from "../sources";
import { watchChanges } from "../watch-changes";
import type { AlarmInfo, AlarmsAnswer } from "./types";

type AlarmSource = Pick<PageSources, "alarms">;

/** The alarms, their states and why they are so. */
export function alarmRoutes({ alarms }: AlarmSource): ApiRoute[] {
  return [
    {
      method: "GET",
      path: "/api/alarms",
      answer: (): AlarmsAnswer => ({ alarms: alarms().map(infoOf) }),
    },
  ];
}

/** Tells pages of alarms that change their state. */
export function alarmEvents({ alarms }: AlarmSource): EventSource {
  return (send) =>
    watchChanges(
      () => new Map(alarms().map(({ definition, state }) => [definition.name, state.value])),
      (name) => {
        const alarm = alarms().find(({ definition }) => definition.name === name);
        send("alarm", { name, state: alarm?.state.value ?? "" });
      },
    );
}

function infoOf({ definition, state }: Alarm): AlarmInfo {
  const { name, description, metricName, namespace, threshold, period, evaluationPeriods } =
    definition;
  const words = comparisonWords(definition.comparisonOperator);
  const statistic = definition.statistic ?? definition.extendedStatistic ?? "";
  return {
    name,
    state: state.value,
    reason: state.reason,
    condition:
      `${statistic} of ${namespace} ${metricName} is ${words} ${threshold} in ` +
      `${definition.datapointsToAlarm ?? evaluationPeriods} of ${evaluationPeriods} periods of ${period} s`,
    dimensions: { ...definition.dimensions },
    ...(description !== undefined && { description }),
    ...(state.at && { since: state.at.toISOString() }),
  };
}
