export const comparisons = {
  GreaterThanThreshold: "greater than",
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
} as const;

export const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;
export const missingDataTreatments = ["missing", "ignore", "breaching", "notBreaching"] as const;

export type ComparisonOperator = keyof typeof comparisons;
export type Statistic = (typeof statistics)[number];
export type MissingDataTreatment = (typeof missingDataTreatments)[number];

/** A metric, and how its values of a period are made one. */
export interface MetricSource {
  namespace: string;
  metricName: string;
  /** Matched exactly: a datum with one dimension more or less is another metric. */
  dimensions: Readonly<Record<string, string>>;
  /** Exactly one of `statistic` and `extendedStatistic` is given. */
  statistic?: Statistic | undefined;
  /** A percentile such as `p99` or `p99.9`. */
  extendedStatistic?: string | undefined;
}

/** A metric of an alarm, or an expression that makes one series of others. */
export interface MetricQuery {
  /** By which expressions refer to it; it begins with a small letter. */
  id: string;
  label?: string;
  /** Whether this is what the alarm watches, as one query is. */
  returnData?: boolean;
  /** Either this or `metric`. */
  expression?: string;
  metric?: MetricSource & { /** Seconds, as of all others of the alarm. */ period: number };
}

/** What alarms of every kind have. */
export interface AlarmActions {
  name: string;
  description?: string | undefined;
  /** ARNs of SNS topics. */
  alarmActions?: readonly string[] | undefined;
  okActions?: readonly string[] | undefined;
  insufficientDataActions?: readonly string[] | undefined;
  /** @default true */
  actionsEnabled?: boolean | undefined;
  /** @default none */
  tags?: Readonly<Record<string, string>>;
}

/** When the values of periods make an alarm. */
interface AlarmCondition {
  /** N of "M out of N". */
  evaluationPeriods: number;
  /** M of "M out of N". @default `evaluationPeriods` */
  datapointsToAlarm?: number;
  threshold: number;
  comparisonOperator: ComparisonOperator;
  /** @default missing */
  treatMissingData?: MissingDataTreatment;
}

/** One metric by itself. */
interface OneMetric extends MetricSource {
  /** Seconds: 10, 20, 30 or a multiple of 60. */
  period: number;
  metrics?: undefined;
}

/** What is made of metrics. */
interface SomeMetrics {
  metrics: readonly MetricQuery[];
}

/**
 * An alarm on one metric, or on what metric maths makes of some, as PutMetricAlarm takes it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export type AlarmDefinition = AlarmActions & AlarmCondition & (OneMetric | SomeMetrics);

/** The words of AWS for a comparison, such as `greater than`. */
export function comparisonWords(operator: ComparisonOperator): string {
  return comparisons[operator];
}

/** Whether `value` breaches the threshold. */
export function breaches(
  { comparisonOperator, threshold }: Pick<AlarmCondition, "comparisonOperator" | "threshold">,
  value: number,
): boolean {
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
