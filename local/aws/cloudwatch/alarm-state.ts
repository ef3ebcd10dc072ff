import type { MissingDataTreatment } from "./alarm-definition";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What one period of the evaluation range holds; `undefined` is missing data. */
export type PeriodVerdict = "breaching" | "notBreaching" | undefined;

/** How many datapoints of how many make an alarm, and what counts for a missing one. */
export interface EvaluationRule {
  /** M of "M out of N". */
  datapointsToAlarm: number;
  /** N of "M out of N". */
  evaluationPeriods: number;
  treatMissingData: MissingDataTreatment;
}

/**
 * The state that follows from the evaluation range, by the tables of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * Real datapoints count first, also those from further back than N periods; only what then lacks to
 * N is filled by the treatment of missing data.
 *
 * @param range newest period first.
 * @returns `undefined` to stay in the current state.
 */
export function nextState(
  range: readonly PeriodVerdict[],
  rule: EvaluationRule,
): AlarmState | undefined {
  const { datapointsToAlarm, evaluationPeriods, treatMissingData } = rule;
  const real = range.filter((verdict) => verdict !== undefined).slice(0, evaluationPeriods);
  const breaching = real.filter((verdict) => verdict === "breaching").length;
  const filled = treatMissingData === "breaching" ? evaluationPeriods - real.length : 0;
  if (breaching + filled >= datapointsToAlarm) {
    return "ALARM";
  }
  const decided =
    breaching < real.length || ["breaching", "notBreaching"].includes(treatMissingData);
  if (decided) {
    return "OK";
  }
  return treatMissingData === "missing" ? stateWithoutFilling(range, datapointsToAlarm) : undefined;
}

/** Some datapoints are missing, and those that are there, if any, breach but are fewer than M. */
function stateWithoutFilling(
  range: readonly PeriodVerdict[],
  datapointsToAlarm: number,
): AlarmState | undefined {
  const oldestBreach = range.lastIndexOf("breaching") + 1;
  if (oldestBreach === 0) {
    return "INSUFFICIENT_DATA";
  }
  // Younger breaches wait: the periods to come may still bring the datapoints that lack.
  return oldestBreach >= datapointsToAlarm ? "ALARM" : undefined;
}
