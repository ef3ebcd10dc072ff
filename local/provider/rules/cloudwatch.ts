import { units } from "../../aws/units";
import {
  arn,
  atLeast,
  between,
  block,
  conflicts,
  decimal,
  divisibleBy,
  either,
  excludes,
  flag,
  inCase,
  integer,
  json,
  length,
  list,
  map,
  matches,
  oneOf,
  required,
  text,
  regional,
} from "./rule";
import type { RulesByType } from "./rule";

const statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const extendedStatistic = matches(
  /^((p|tm|tc|ts|wm)(\d{1,2}(\.\d{1,10})?|100)|IQM|(TM|TC|TS|WM|PR)\((\d+(\.\d+)?%?)?:(\d+(\.\d+)?%?)?\))$/,
  "be a percentile, a trimmed or winsorized mean, or another extended statistic, such as p99.9",
);

const namespaceName = matches(/^[^:]/, "not begin with a colon");

const logGroupName = matches(/^[\w/.#-]+$/, "have letters, digits, _, -, /, # and . only");

/** What the provider accepts of CloudWatch alarms and CloudWatch Logs. */
export const cloudwatchRules: RulesByType = {
  "aws:cloudwatch/logGroup:LogGroup": regional(
    {
      deletionProtectionEnabled: flag(),
      kmsKeyId: text(),
      logGroupClass: text(oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")),
      name: text(length(1, 512), logGroupName),
      namePrefix: text(length(1, 483), logGroupName),
      retentionInDays: integer(
        oneOf(
          0,
          1,
          3,
          5,
          7,
          14,
          30,
          60,
          90,
          120,
          150,
          180,
          365,
          400,
          545,
          731,
          1096,
          1827,
          2192,
          2557,
          2922,
          3288,
          3653,
        ),
      ),
      skipDestroy: flag(),
      tags: map(),
    },
    conflicts("name", "namePrefix"),
  ),
  "aws:cloudwatch/logStream:LogStream": regional({
    logGroupName: required(text()),
    name: text(length(1, 512), excludes(/:/, "have no colon")),
  }),
  "aws:cloudwatch/queryDefinition:QueryDefinition": regional({
    logGroupNames: list(text(length(1, 512), logGroupName)),
    name: text(
      length(1, 255),
      matches(
        /^[^:*/]+(?:\/[^:*/]+)*$/,
        "have neither a colon nor an asterisk, and no slash at its begin or end",
      ),
    ),
    queryString: required(text()),
  }),
  "aws:cloudwatch/dashboard:Dashboard": regional({
    dashboardBody: required(text(json())),
    dashboardName: required(
      text(length(0, 255), matches(/^[\w-]+$/, "have letters, digits, hyphens and _ only")),
    ),
  }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": regional({
    actionsEnabled: flag(),
    actionsSuppressor: block({
      alarm: required(text()),
      extensionPeriod: required(integer()),
      waitPeriod: required(integer()),
    }),
    alarmActions: list(text(arn()), { max: 5 }),
    alarmDescription: text(length(0, 1024)),
    alarmName: required(text(length(0, 255))),
    alarmRule: required(text(length(1, 10_240))),
    insufficientDataActions: list(text(arn()), { max: 5 }),
    okActions: list(text(arn()), { max: 5 }),
    tags: map(),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": regional(
    {
      actionsEnabled: flag(),
      alarmActions: list(text(arn())),
      alarmDescription: text(length(0, 1024)),
      comparisonOperator: text(
        oneOf(
          "GreaterThanOrEqualToThreshold",
          "GreaterThanThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold",
          "LessThanLowerOrGreaterThanUpperThreshold",
          "LessThanLowerThreshold",
          "GreaterThanUpperThreshold",
        ),
      ),
      datapointsToAlarm: integer(atLeast(1)),
      dimensions: map(),
      evaluateLowSampleCountPercentiles: text(oneOf("evaluate", "ignore")),
      evaluationCriteria: block({
        promqlCriteria: required(
          block({
            pendingPeriod: integer(between(0, 86_400)),
            query: required(text()),
            recoveryPeriod: integer(between(0, 86_400)),
          }),
        ),
      }),
      evaluationInterval: integer(either(oneOf(10, 20, 30), divisibleBy(60))),
      evaluationPeriods: integer(atLeast(1)),
      extendedStatistic: text(extendedStatistic),
      insufficientDataActions: list(text(arn()), { max: 5 }),
      metricName: text(length(1, 255)),
      metricQueries: list(
        block({
          accountId: text(length(1, 255)),
          expression: text(length(1, 1024)),
          id: required(text(length(1, 255))),
          label: text(),
          metric: block({
            dimensions: map(),
            metricName: required(text(length(1, 255))),
            namespace: text(length(1, 255), namespaceName),
            period: required(integer(either(oneOf(1, 5, 10, 20, 30), divisibleBy(60)))),
            stat: required(text(either(oneOf(...statistics), extendedStatistic))),
            unit: text(oneOf(...units)),
          }),
          period: integer(either(oneOf(1, 5, 10, 20, 30), divisibleBy(60))),
          returnData: flag(),
        }),
      ),
      name: text(length(1, 255)),
      namespace: text(length(1, 255), namespaceName),
      okActions: list(text(arn()), { max: 5 }),
      period: integer(either(oneOf(10, 20, 30), divisibleBy(60))),
      statistic: text(oneOf(...statistics)),
      tags: map(),
      threshold: decimal(),
      thresholdMetricId: text(length(1, 255)),
      treatMissingData: text(oneOf("breaching", "ignore", "missing", "notBreaching")),
      unit: text(oneOf(...units)),
      warmUpConfiguration: block({
        onlyStartEvaluatingAfterWarmUpPeriodEnds: flag(),
        warmUpPeriodDurationInMinutes: required(integer(between(1, 2880))),
      }),
    },
    conflicts(
      "metricQueries",
      "metricName",
      "namespace",
      "period",
      "dimensions",
      "statistic",
      "extendedStatistic",
    ),
    conflicts(
      "evaluationCriteria",
      "metricName",
      "metricQueries",
      "namespace",
      "period",
      "statistic",
      "extendedStatistic",
      "comparisonOperator",
      "evaluationPeriods",
      "threshold",
      "thresholdMetricId",
    ),
    inCase(
      { argument: "evaluationCriteria", is: [undefined] },
      { argument: "comparisonOperator", must: "be given", because: "evaluationCriteria is not" },
      { argument: "evaluationPeriods", must: "be given", because: "evaluationCriteria is not" },
    ),
    inCase(
      { argument: "evaluationCriteria", isNot: [undefined] },
      { argument: "evaluationInterval", must: "be given", because: "evaluationCriteria is" },
    ),
    conflicts("statistic", "extendedStatistic"),
    conflicts("threshold", "thresholdMetricId"),
    inCase(
      { argument: "metricName", isNot: [undefined] },
      { argument: "statistic|extendedStatistic", must: "be given", because: "metricName is given" },
    ),
  ),
};
