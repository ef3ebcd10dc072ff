import {
  anything,
  arn,
  atLeast,
  between,
  block,
  either,
  exactlyOneOf,
  flag,
  integer,
  length,
  list,
  map,
  oneOf,
  regional,
  required,
  text,
  timestamp,
} from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of event source mappings; it leaves to Lambda what fits which source. */
export const eventSourceMappingRules: RulesByType = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": regional(
    {
      amazonManagedKafkaEventSourceConfig: anything(),
      batchSize: integer(),
      bisectBatchOnFunctionError: flag(),
      destinationConfig: block({
        onFailure: block({
          destinationArn: required(text(arn())),
        }),
      }),
      documentDbEventSourceConfig: anything(),
      enabled: flag(),
      eventSourceArn: text(arn()),
      filterCriteria: block({
        filters: list(block({ pattern: text(length(0, 4096)) }), { max: 10 }),
      }),
      functionName: required(text()),
      functionResponseTypes: list(text(oneOf("ReportBatchItemFailures"))),
      kmsKeyArn: text(arn()),
      maximumBatchingWindowInSeconds: integer(),
      maximumRecordAgeInSeconds: integer(either(between(60, 604_800), oneOf(-1))),
      maximumRetryAttempts: integer(between(-1, 10_000)),
      metricsConfig: block({ metrics: required(list(text(oneOf("EventCount")))) }),
      parallelizationFactor: integer(between(1, 10)),
      provisionedPollerConfig: block({
        maximumPollers: integer(between(1, 2000)),
        minimumPollers: integer(between(1, 200)),
        pollerGroupName: text(length(0, 128)),
      }),
      queues: text(length(1, 1000)),
      scalingConfig: block({ maximumConcurrency: integer(atLeast(2)) }),
      selfManagedEventSource: anything(),
      selfManagedKafkaEventSourceConfig: anything(),
      sourceAccessConfigurations: anything(),
      startingPosition: text(oneOf("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")),
      startingPositionTimestamp: text(timestamp()),
      tags: map(),
      topics: list(text(length(1, 249)), { max: 1 }),
      tumblingWindowInSeconds: integer(between(0, 900)),
      useResourceTimeoutForPropagation: flag(),
    },
    exactlyOneOf("eventSourceArn", "selfManagedEventSource"),
  ),
};
