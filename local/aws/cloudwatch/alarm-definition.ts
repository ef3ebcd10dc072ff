import { AwsError } from "../aws-error";

const comparisons = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
} as const;

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;
const missingDataTreatments = ["missing", "ignore", "breaching", "notBreaching"] as const;

export type ComparisonOperator = keyof typeof comparisons;
export type Statistic = (typeof statistics)[number];
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

/**
 * An alarm on one metric, as PutMetricAlarm takes it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export interface AlarmDefinition {
  name: string;
  description?: string;
  namespace: string;
  metricName: string;
  /** Matched exactly: a datum with one dimension more or less is another metric. */
  dimensions: Readonly<Record<string, string>>;
  /** Exactly one of `statistic` and `extendedStatistic` is given. */
  statistic?: Statistic;
  /** A percentile such as `p99` or `p99.9`. */
  extendedStatistic?: string;
  /** Seconds: 10, 20, 30 or a multiple of 60. */
  period: number;
  /** N of "M out of N". */
  evaluationPeriods: number;
  /** M of "M out of N". @default `evaluationPeriods` */
  datapointsToAlarm?: number;
  threshold: number;
  comparisonOperator: ComparisonOperator;
  /** @default missing */
  treatMissingData?: MissingDataTreatment;
  /** ARNs of SNS topics. */
  alarmActions?: readonly string[];
  okActions?: readonly string[];
  insufficientDataActions?: readonly string[];
  /** @default true */
  actionsEnabled?: boolean;
}

/** The words of AWS for a comparison, such as `greater than`. */
export function comparisonWords(operator: ComparisonOperator): string {
  return comparisons[operator];
}

/** Whether `value` breaches the threshold. */
export function breaches(definition: AlarmDefinition, value: number): boolean {
  const { comparisonOperator, threshold } = definition;
  switch (comparisonOperator) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

/** @throws AwsError `ValidationError`, as PutMetricAlarm answers it. */
export function validateAlarm(definition: AlarmDefinition): void {
  const { period, evaluationPeriods, datapointsToAlarm = evaluationPeriods } = definition;
  validateStatistic(definition);
  oneOf("ComparisonOperator", definition.comparisonOperator, Object.keys(comparisons));
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
}

function validateStatistic({ statistic, extendedStatistic }: AlarmDefinition): void {
  demand(
    (statistic === undefined) !== (extendedStatistic === undefined),
    "Exactly one of Statistic and ExtendedStatistic must be specified",
  );
  if (statistic !== undefined) {
    oneOf("Statistic", statistic, statistics);
  }
  // CloudWatch knows more extended statistics (trimmed means and so on): not emulated.
  demand(
    extendedStatistic === undefined || /^p(\d{1,2}(\.\d{1,10})?|100)$/.test(extendedStatistic),
    `The value ${extendedStatistic ?? ""} for parameter ExtendedStatistic is not supported`,
  );
}

function oneOf(parameter: string, value: string, accepted: readonly string[]): void {
  demand(
    accepted.includes(value),
    `The value ${value} for parameter ${parameter} is not one of ${accepted.join(", ")}`,
  );
}

function demand(valid: boolean, message: string): void {
  if (!valid) {
    throw new AwsError("ValidationError", message);
  }
}
