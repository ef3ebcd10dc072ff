import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { listOfRunbooks, runbookOf } from "./runbooks";

/** A metric to watch. */
interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, pulumi.Input<string>>;
}

/** A resource by its name. */
export interface Named {
  name: pulumi.Input<string>;
}

/** How many periods of how many have to be at the threshold or above it: "M of N". */
interface Condition {
  periodSeconds: number;
  datapointsToAlarm: number;
  evaluationPeriods: number;
  threshold: number;
}

/** What is watched: one metric, or what is made of at most ten; each of them is billed. */
type Watched =
  | { metric: Metric; statistic: "Sum" | "Maximum" | "p99" }
  | { sums: Record<string, Metric>; expression: string };

/** An alarm, and what its reader does about it. */
export interface AlarmDefinition {
  /** The last part of the alarm's name. */
  suffix: string;
  /** What has happened. */
  meaning: string;
  /** Where to find out more, in a short sentence. */
  lookAt: string;
  watched: Watched;
  condition: Condition;
  /**
   * Whether it stays while nobody does something about it. It then mails by itself: as a part of a
   * composite alarm, it would keep that from telling of anything else. `@default` false
   */
  lasts?: boolean;
  /** Whether no code of the stack can set it off, so that it stops no release of any. `@default` false */
  isBeyondCode?: boolean;
}

/** A failure of a minute, as of one request and the client's repeats of it, is no alarm. */
const soon = { periodSeconds: 60, datapointsToAlarm: 3, evaluationPeriods: 5 };

/** What goes on for longer than ten minutes, however rarely it happens. */
const stillGoingOn = {
  periodSeconds: 300,
  datapointsToAlarm: 3,
  evaluationPeriods: 12,
  threshold: 1,
};

/** Milliseconds for which API Gateway waits for a function. */
const gatewayTimeoutMs = 29_000;

/**
 * Alarms on a stage, which sees of its functions what they do not tell themselves: that one caught an
 * exception and answered 500, ran out of time, crashed, was refused by Lambda, or was not let in by an
 * authorizer that failed.
 *
 * How many, how long and the threshold of errors are AWS's own advice, but for 3 of 5 minutes in place
 * of 3 of 3, so that the pause of a retry does not hide an outage.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html#ApiGateway
 *
 * @param prefix with which names of the functions begin.
 */
export function stageAlarms(
  prefix: string,
  apiName: pulumi.Input<string>,
  stageName: pulumi.Input<string>,
): AlarmDefinition[] {
  const of = (name: string): Metric => ({
    namespace: "AWS/ApiGateway",
    name,
    dimensions: { ApiName: apiName, Stage: stageName },
  });
  const errors = of("5XXError");
  return [
    {
      suffix: "api-errors",
      meaning: "5 % or more of the API's requests fail.",
      lookAt: `The access log (/aws/apigateway/${prefix}) tells which routes; errors are in ${logsOf(prefix)}.`,
      watched: {
        sums: { errors, requests: of("Count") },
        // Of few requests, a single one would be many per cent; the next alarm sees to these.
        expression: "IF(requests >= 10, 100 * errors / requests, 0)",
      },
      condition: { ...soon, threshold: 5 },
    },
    {
      suffix: "api-failures",
      meaning: "Some requests to the API have failed for a while.",
      lookAt: `One function fails, or a table refuses requests: see ${logsOf(prefix)}.`,
      watched: { metric: errors, statistic: "Sum" },
      condition: stillGoingOn,
    },
    {
      suffix: "api-latency",
      meaning: "Of a hundred requests to the API, one takes nearly as long as API Gateway waits.",
      lookAt: "Traces in X-Ray, or the access log, tell which route is slow.",
      watched: { metric: of("Latency"), statistic: "p99" },
      condition: { ...soon, threshold: 0.8 * gatewayTimeoutMs },
    },
  ];
}

/**
 * The alarm on a function that is called by its URL, whose answers are no metrics of an API.
 *
 * @param prefix with which names of the functions begin.
 */
export function functionUrlAlarms(
  prefix: string,
  operation: string,
  functionName: pulumi.Input<string>,
): AlarmDefinition[] {
  return [
    {
      suffix: `${operation}-errors`,
      meaning: `${operation} has failed for a while, for some requests or all.`,
      lookAt: `Its errors are in ${logsOf(prefix, operation)}.`,
      watched: { metric: ofFunction("Url5xxCount", functionName), statistic: "Sum" },
      condition: stillGoingOn,
    },
  ];
}

/**
 * The alarm on functions that Lambda has no concurrency for. Those of an API need none: the stage
 * answers 500 for them. Events of others are tried again for hours before anything else tells.
 *
 * @param functions at most ten, by operation.
 */
export function functionThrottleAlarms(functions: Record<string, Named>): AlarmDefinition[] {
  const throttles = Object.entries(functions).map(
    ([operation, { name }]) => [idOf(operation), ofFunction("Throttles", name)] as const,
  );
  return [
    {
      suffix: "function-throttles",
      meaning: "Lambda has refused for a while to run functions: no concurrency was left.",
      lookAt: "Concurrent executions in the Lambda console; raise the region's quota.",
      ...goOn(throttles),
    },
  ];
}

/**
 * The alarm on functions that are run for events, which Lambda tries again: where nobody waits for their answers,
 * nothing else tells soon that new code of them fails. One event that fails at each of its three tries is enough,
 * within four minutes; where another of the queue's lasts, this one ends by itself.
 *
 * @param prefix with which names of the functions begin.
 * @param functions at most ten, by operation.
 */
export function eventErrorAlarms(
  prefix: string,
  functions: Record<string, Named>,
): AlarmDefinition[] {
  const errors = Object.entries(functions).map(
    ([operation, { name }]) => [idOf(operation), ofFunction("Errors", name)] as const,
  );
  return [
    {
      suffix: "event-errors",
      meaning: "Functions that are run for events fail at one try after another.",
      lookAt: `Their errors are in ${logsOf(prefix)}.`,
      watched: anyOf(errors),
      condition: { ...soon, threshold: 1 },
    },
  ];
}

/** A plan by which GuardDuty scans what arrives in a bucket. */
export interface WatchedScans {
  planId: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
}

/** What a table is throttled at. */
export interface WatchedTable {
  table: Named;
  /** Whether it has a capacity of its own, which reads use up as well. `@default` false */
  isProvisioned?: boolean;
}

/**
 * The alarm on tables that refuse writes, or reads beyond their capacity. What the SDK's retries do not
 * make good, as for an index that is too slow for its table, fails a request or an event, and that is
 * what other alarms are on. `ThrottledRequests` would not do: DynamoDB publishes it by operation.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 *
 * @param tables at most ten metrics, by title.
 */
export function tableThrottleAlarms(tables: Record<string, WatchedTable>): AlarmDefinition[] {
  const throttles = Object.entries(tables).flatMap(([title, { table, isProvisioned }]) =>
    (["Write", ...(isProvisioned ? ["Read"] : [])] as const).map((kind) => {
      const name = `${kind}ThrottleEvents`;
      const metric = { namespace: "AWS/DynamoDB", name, dimensions: { TableName: table.name } };
      return [idOf(`${title}-${kind}`), metric] as const;
    }),
  );
  return [
    {
      suffix: "table-throttles",
      meaning: "DynamoDB has refused requests to tables for a while.",
      lookAt: "Throttled requests in the DynamoDB console: a busy key, or too little capacity.",
      ...goOn(throttles),
    },
  ];
}

/**
 * The alarm on a queue that is empty while nothing is wrong. SQS falls silent when nobody has used a
 * queue for six hours, messages in it or not: then the alarm is over, and its mail is all there was.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
export function queueAlarms(title: string, queueName: pulumi.Input<string>): AlarmDefinition[] {
  const name = "ApproximateNumberOfMessagesVisible";
  return [
    {
      suffix: `${title}-messages`,
      meaning: `The queue of ${title} holds events that no function could process.`,
      lookAt: "Each message says what failed. Once that is mended: npm run redrive.",
      watched: {
        metric: { namespace: "AWS/SQS", name, dimensions: { QueueName: queueName } },
        statistic: "Maximum",
      },
      condition: { periodSeconds: 60, datapointsToAlarm: 1, evaluationPeriods: 1, threshold: 1 },
      lasts: true,
    },
  ];
}

/**
 * The alarm on a plan of GuardDuty that cannot scan uploads: skipped are those that it may not read, and those that it
 * cannot look into.
 * https://docs.aws.amazon.com/guardduty/latest/ug/monitor-cloudwatch-metrics-s3-malware-protection.html
 */
export function scanAlarms({ planId, bucketName }: WatchedScans): AlarmDefinition[] {
  const dimensions = { "Malware Protection Plan Id": planId, "Resource Name": bucketName };
  const of = (name: string): Metric => ({
    namespace: "AWS/GuardDuty/MalwareProtection",
    name,
    dimensions,
  });
  return [
    {
      suffix: "scan-failures",
      meaning: "GuardDuty has not scanned some uploads for a while, which are rejected for that.",
      lookAt: "The status of the Malware Protection plan, in the GuardDuty console.",
      ...goOn([
        ["failed", of("FailedScanCount")],
        ["skipped", of("SkippedScanCount")],
      ]),
      isBeyondCode: true,
    },
  ];
}

/** Metrics by their ids. */
type MetricEntries = readonly (readonly [id: string, metric: Metric])[];

/** That any of so many metrics is above zero time and again. */
function goOn(metrics: MetricEntries): Pick<AlarmDefinition, "watched" | "condition"> {
  return { watched: anyOf(metrics), condition: stillGoingOn };
}

/** The sum of so many metrics in a period of which at least one has data. */
function anyOf(metrics: MetricEntries): Watched {
  return { sums: Object.fromEntries(metrics), expression: "SUM(METRICS())" };
}

/**
 * What an alarm of this definition is made by, without what it does.
 *
 * @param repositoryUrl where runbooks are found, without a slash at the end.
 */
export function alarmArgs(
  definition: AlarmDefinition,
  repositoryUrl?: string,
): aws.cloudwatch.MetricAlarmArgs {
  const { suffix, meaning, lookAt, watched, condition } = definition;
  const { periodSeconds: period, ...others } = condition;
  return {
    alarmDescription: `${meaning} ${lookAt} Runbook: ${runbookOf(suffix, repositoryUrl)}`,
    ...("metric" in watched ? oneMetric(watched, period) : someMetrics(watched, period)),
    ...others,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    // These metrics have no data while nothing is wrong; the default would leave the alarm in
    // INSUFFICIENT_DATA, from which it never returns to OK.
    treatMissingData: "notBreaching",
  };
}

function oneMetric({ metric, statistic }: Extract<Watched, { metric: Metric }>, period: number) {
  const { namespace, name: metricName, dimensions } = metric;
  const how = statistic === "p99" ? { extendedStatistic: statistic } : { statistic };
  return { namespace, metricName, dimensions, period, ...how };
}

function someMetrics({ sums, expression }: Extract<Watched, { sums: object }>, period: number) {
  const metricQueries = [
    { id: "watched", expression, returnData: true },
    ...Object.entries(sums).map(([id, { namespace, name: metricName, dimensions }]) => ({
      id,
      metric: { namespace, metricName, dimensions, period, stat: "Sum" },
    })),
  ];
  return { metricQueries };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const maxDescriptionLength = 1024;

/** The last part of the composite alarm's logical name, and the name of its runbook. */
export const compositeSuffix = "alarm";

/**
 * What the alarm that mails is made by: it is on while one of the others is. Its message names the one
 * that set it off, and says of each where its runbook is.
 *
 * @param alarms names of alarms.
 * @param repositoryUrl where runbooks are found, without a slash at the end.
 */
export function compositeArgs(
  definitions: readonly AlarmDefinition[],
  alarms: readonly pulumi.Input<string>[],
  repositoryUrl?: string,
): Pick<aws.cloudwatch.CompositeAlarmArgs, "alarmDescription" | "alarmRule"> {
  const alarmRule = pulumi
    .all([...alarms])
    .apply((names) => names.map((name) => `ALARM("${name}")`).join(" OR "));
  return { alarmDescription: compositeDescription(definitions, repositoryUrl), alarmRule };
}

function compositeDescription(
  definitions: readonly AlarmDefinition[],
  repositoryUrl: string | undefined,
): string {
  const opening = "Something is wrong. TriggeringChildren says what";
  const lines = definitions.map(({ suffix }) => `${suffix}: ${runbookOf(suffix, repositoryUrl)}`);
  const whole = [`${opening}:`, ...lines].join("\n");
  return whole.length <= maxDescriptionLength
    ? whole
    : `${opening}, and the runbooks what to do: ${runbookOf(listOfRunbooks, repositoryUrl)}`;
}

function ofFunction(name: string, functionName: pulumi.Input<string>): Metric {
  return { namespace: "AWS/Lambda", name, dimensions: { FunctionName: functionName } };
}

/** Where functions log. */
function logsOf(prefix: string, operation = "<operation>"): string {
  return `the log group /aws/lambda/${prefix}-${operation}-*`;
}

/** An id of metric maths: `sweep-images` becomes `sweepImages`. */
function idOf(title: string): string {
  return title.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
