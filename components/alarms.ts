import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** One metric to watch. */
export interface AlarmDefinition {
  /** The last part of the alarm's name. */
  suffix: string;
  /** What the reader of the e-mail is told. */
  description: string;
  namespace: string;
  metric: string;
  /** How the values of a minute are made one. `@default` "Sum" */
  statistic?: "Sum" | "Maximum";
  dimensions: Record<string, pulumi.Input<string>>;
}

/** Alarms on one function. Time-outs and crashes count as errors, answered 5xx do not. */
export function functionAlarms(
  operation: string,
  functionName: pulumi.Input<string>,
): AlarmDefinition[] {
  const common = { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } };
  return [
    {
      ...common,
      suffix: `${operation}-errors`,
      description: `${operation} failed: it threw, timed out or crashed.`,
      metric: "Errors",
    },
    {
      ...common,
      suffix: `${operation}-throttles`,
      description: `Lambda refused to run ${operation}: no concurrency was left.`,
      metric: "Throttles",
    },
  ];
}

/**
 * The alarm on a stage. It sees what `Errors` of the functions does not: a handler that catches an
 * exception and answers 500.
 */
export function stageAlarms(
  apiName: pulumi.Input<string>,
  stageName: pulumi.Input<string>,
): AlarmDefinition[] {
  return [
    {
      suffix: "api-5xx",
      description: "The API answered a request with a status of 500 or more.",
      namespace: "AWS/ApiGateway",
      metric: "5XXError",
      dimensions: { ApiName: apiName, Stage: stageName },
    },
  ];
}

/**
 * Alarms on a table and its indexes, each of which is throttled by itself. `ThrottledRequests` would
 * not do: DynamoDB publishes it by operation only, so that an alarm on the table would never fire.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function tableAlarms(
  title: string,
  tableName: pulumi.Input<string>,
  indexes: readonly string[] = [],
): AlarmDefinition[] {
  const targets = [
    { suffix: title, label: `the ${title} table`, dimensions: { TableName: tableName } },
    ...indexes.map((index) => ({
      suffix: `${title}-${index}`,
      label: `${index} of the ${title} table`,
      dimensions: { TableName: tableName, GlobalSecondaryIndexName: index },
    })),
  ];
  return targets.flatMap(({ suffix, label, dimensions }) =>
    (["Read", "Write"] as const).map((kind) => ({
      suffix: `${suffix}-${kind.toLowerCase()}-throttles`,
      description: `DynamoDB refused ${kind.toLowerCase()}s of ${label}: its capacity was used up.`,
      namespace: "AWS/DynamoDB",
      metric: `${kind}ThrottleEvents`,
      dimensions,
    })),
  );
}

/**
 * The alarm on a queue that is empty while nothing is wrong. SQS falls silent when nobody has used a
 * queue for six hours, messages in it or not: then the alarm is over, and its mail is all there was.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
export function queueAlarms(title: string, queueName: pulumi.Input<string>): AlarmDefinition[] {
  return [
    {
      suffix: `${title}-messages`,
      description: `The queue of ${title} holds events that no function could process.`,
      namespace: "AWS/SQS",
      metric: "ApproximateNumberOfMessagesVisible",
      statistic: "Maximum",
      dimensions: { QueueName: queueName },
    },
  ];
}

/** The alarm that fires in the very minute in which the metric is above zero. */
export function alarmArgs(
  definition: AlarmDefinition,
  topicArn: pulumi.Input<string>,
): aws.cloudwatch.MetricAlarmArgs {
  return {
    alarmDescription: definition.description,
    namespace: definition.namespace,
    metricName: definition.metric,
    dimensions: definition.dimensions,
    statistic: definition.statistic ?? "Sum",
    period: 60,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    // These metrics have no data while nothing is wrong; the default would leave the alarm in
    // INSUFFICIENT_DATA, from which it never returns to OK.
    treatMissingData: "notBreaching",
    // No okActions: every new alarm goes to OK once, and would send a mail that tells nothing.
    alarmActions: [topicArn],
  };
}
