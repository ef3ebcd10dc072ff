import type { AlarmDefinition } from "./alarm-definition";
import type { EvaluatedPeriod } from "./state-reason";
import { timestamp } from "./timestamp";

/**
 * What an alarm's change of state came from, for programs: JSON text.
 *
 * @param period in seconds.
 * @param range newest period first.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function stateReasonData(
  definition: AlarmDefinition,
  period: number,
  range: readonly EvaluatedPeriod[],
  now: Date,
): string {
  const { evaluationPeriods, threshold } = definition;
  const evaluated = range.slice(0, evaluationPeriods);
  const recent = evaluated.filter(({ value }) => value !== undefined).toReversed();
  return JSON.stringify({
    version: "1.0",
    queryDate: timestamp(now),
    startDate: recent[0] && timestamp(new Date(recent[0].start)),
    statistic: statisticOf(definition),
    period,
    recentDatapoints: recent.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: evaluated.map(({ start, sampleCount, value }) => ({
      timestamp: timestamp(new Date(start)),
      sampleCount,
      value,
    })),
  });
}

/** What metric maths makes has none of its own. */
function statisticOf(definition: AlarmDefinition): string | undefined {
  return definition.metrics === undefined
    ? (definition.statistic ?? definition.extendedStatistic)
    : undefined;
}
