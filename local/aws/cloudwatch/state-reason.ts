import { breaches, comparisonWords } from "./alarm-definition";
import type { AlarmDefinition } from "./alarm-definition";
import type { AlarmState } from "./alarm-state";

/** One period that an evaluation looks at. */
export interface EvaluatedPeriod {
  /** Milliseconds since the epoch. */
  start: number;
  /** `undefined` where data is missing. */
  value: number | undefined;
  /** Where the value is of one metric. */
  sampleCount?: number | undefined;
}

/**
 * Why an alarm changed its state, in the words of CloudWatch, such as "Threshold Crossed: 1 datapoint
 * [1.0 (15/01/26 10:00:00)] was greater than the threshold (0.0)." or, of an alarm with
 * DatapointsToAlarm, "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (15/01/26 10:00:00)]
 * was greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition)."
 *
 * @param range newest period first.
 */
export function stateReason(
  definition: AlarmDefinition,
  state: AlarmState,
  range: readonly EvaluatedPeriod[],
): string {
  const { evaluationPeriods } = definition;
  const real = range.filter(isReal).slice(0, evaluationPeriods);
  const missing = evaluationPeriods - real.length;
  if (state === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${counted(evaluationPeriods, "datapoint")} ${was(evaluationPeriods)} unknown.`;
  }
  const filled = `${counted(missing, "missing datapoint")} ${was(missing)} treated as [${
    definition.treatMissingData === "breaching" ? "Breaching" : "NonBreaching"
  }].`;
  if (real.length === 0) {
    const periods = counted(evaluationPeriods, "period");
    return `Threshold Crossed: no datapoints were received for ${periods} and ${filled}`;
  }
  const crossed = thresholdCrossed(definition, state, real);
  const treated = ["breaching", "notBreaching"].includes(definition.treatMissingData ?? "missing");
  return missing > 0 && treated ? `${crossed} and ${filled}` : `${crossed}.`;
}

function thresholdCrossed(
  definition: AlarmDefinition,
  state: "OK" | "ALARM",
  real: readonly RealPeriod[],
): string {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods, threshold } = definition;
  const isAlarm = state === "ALARM";
  const matching = real.filter(({ value }) => breaches(definition, value) === isAlarm);
  const values = matching.map(({ value, start }) => `${decimal(value)} (${shortTime(start)})`);
  const verb = `${was(matching.length)} ${isAlarm ? "" : "not "}${comparisonWords(definition.comparisonOperator)}`;
  if (definition.datapointsToAlarm === undefined) {
    const datapoints = counted(matching.length, "datapoint");
    return `Threshold Crossed: ${datapoints} [${values.join(", ")}] ${verb} the threshold (${decimal(threshold)})`;
  }
  const minimum = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = isAlarm ? "OK -> ALARM" : "ALARM -> OK";
  return (
    `Threshold Crossed: ${matching.length} out of the last ${evaluationPeriods} datapoints ` +
    `[${values.join(", ")}] ${verb} the threshold (${decimal(threshold)}) ` +
    `(minimum ${counted(minimum, "datapoint")} for ${transition} transition)`
  );
}

interface RealPeriod {
  start: number;
  value: number;
}

function isReal(period: EvaluatedPeriod): period is RealPeriod {
  return period.value !== undefined;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function was(count: number): string {
  return count === 1 ? "was" : "were";
}

/** CloudWatch prints every number with a fraction. */
export function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** `dd/mm/yy hh:mm:ss`, UTC. */
function shortTime(start: number): string {
  const [date = "", time = ""] = new Date(start).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
