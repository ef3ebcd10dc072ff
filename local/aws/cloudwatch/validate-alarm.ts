import { notEmulated } from "../not-emulated";
import {
  type AlarmActions,
  type AlarmDefinition,
  comparisons,
  type MetricSource,
  missingDataTreatments,
  statistics,
} from "./alarm-definition";
import { demand } from "./demand";
import { otherExtendedStatistic, percentile } from "./extended-statistic";
import { type Watched, watchedBy } from "./watched";

/** What an alarm can do: publish, scale, act on instances, start a function or an investigation. */
const actionArn =
  /^arn:[\w-]+:(sns|autoscaling|automate|swf|ssm|ssm-incidents|lambda|aiops):[\w-]*:\w*:.+$/;

/**
 * @returns what the alarm watches.
 * @throws AwsError `ValidationError`, as PutMetricAlarm answers it.
 */
export function validateAlarm(definition: AlarmDefinition): Watched {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = definition;
  const watched = watchedBy(definition);
  const { period, metrics } = watched;
  for (const metric of metrics) {
    validateMetric(metric);
    validateStatistic(metric);
  }
  oneOf("ComparisonOperator", definition.comparisonOperator, Object.keys(comparisons));
  demand(
    Number.isFinite(definition.threshold),
    `Threshold must be a number, not ${String(definition.threshold)}`,
  );
  validateActions(definition);
  oneOf("TreatMissingData", definition.treatMissingData ?? "missing", missingDataTreatments);
  demand(
    [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0),
    `Period must be 10, 20, 30 or a multiple of 60, not ${period}`,
  );
  demand(
    Number.isInteger(evaluationPeriods) && evaluationPeriods >= 1,
    `EvaluationPeriods must be an integer of at least 1, not ${evaluationPeriods}`,
  );
  demand(
    Number.isInteger(datapointsToAlarm) &&
      datapointsToAlarm >= 1 &&
      datapointsToAlarm <= evaluationPeriods,
    `DatapointsToAlarm must be an integer from 1 to EvaluationPeriods, not ${datapointsToAlarm}`,
  );
  const longestSeconds = period >= 3600 ? 7 * 86_400 : 86_400;
  demand(
    period * evaluationPeriods <= longestSeconds,
    `Metrics cannot be checked across more than ${longestSeconds} seconds (EvaluationPeriods * Period)`,
  );
  return watched;
}

function validateStatistic({ statistic, extendedStatistic }: MetricSource): void {
  demand(
    (statistic === undefined) !== (extendedStatistic === undefined),
    "Exactly one of Statistic and ExtendedStatistic must be specified",
  );
  if (statistic !== undefined) {
    oneOf("Statistic", statistic, statistics);
  }
  if (extendedStatistic === undefined || percentile.test(extendedStatistic)) {
    return;
  }
  demand(
    otherExtendedStatistic.test(extendedStatistic),
    `The value ${extendedStatistic} for parameter ExtendedStatistic is not supported`,
  );
  throw notEmulated(
    `the statistic ${extendedStatistic} of CloudWatch; it has percentiles, such as p99.9`,
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const maxDimensions = 30;
const maxActions = 5;

function validateMetric({ namespace, metricName, dimensions }: MetricSource): void {
  // A program may leave out what the types want.
  const given: Partial<MetricSource> = { namespace, metricName };
  demand(Boolean(given.metricName), "Member must not be null: MetricName");
  demand(
    Boolean(given.namespace),
    `An alarm on the metric ${metricName} must have a Namespace, such as AWS/Lambda`,
  );
  const count = Object.keys(dimensions).length;
  demand(count <= maxDimensions, `A metric has ${maxDimensions} dimensions at most, not ${count}`);
}

/** @throws AwsError `ValidationError` for too many actions, or one that is none. */
export function validateActions(definition: AlarmActions): void {
  const { alarmActions, okActions, insufficientDataActions } = definition;
  const lists = { alarmActions, okActions, insufficientDataActions };
  for (const [name, actions = []] of Object.entries(lists)) {
    demand(
      actions.length <= maxActions,
      `${name} must have ${maxActions} members at most, not ${actions.length}`,
    );
    const wrong = actions.find((action) => !actionArn.test(action));
    demand(wrong === undefined, `Invalid arn syntax, or no action of an alarm: ${wrong ?? ""}`);
  }
}

function oneOf(parameter: string, value: string, accepted: readonly string[]): void {
  demand(
    accepted.includes(value),
    `The value ${value} for parameter ${parameter} is not one of ${accepted.join(", ")}`,
  );
}
