import {
  arn,
  atLeastOneOf,
  between,
  block,
  conflicts,
  document,
  flag,
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

const ruleName = matches(/^[\w.-]+$/, "have letters, digits, ., _ and - only");

/** A name, a partner's name, or an ARN. */
const eventBusName = matches(
  /^(arn:[\w-]+:events:[a-z\d-]+:\d{12}:event-bus\/)?[/.\-\w]+$/,
  "be the name or the ARN of an event bus",
);

/** The name of a bus that is made: a slash is for partners', and the account has its own. */
const busName = matches(/^(?!default$)[/.\-\w]+$/, "be the name of an event bus, and not default");

/** What the provider accepts of EventBridge. */
export const eventsRules: RulesByType = {
  "aws:cloudwatch/eventBus:EventBus": regional({
    deadLetterConfig: block({
      arn: text(arn()),
    }),
    description: text(length(0, 512)),
    eventSourceName: text(length(1, 256)),
    kmsKeyIdentifier: text(length(0, 2048)),
    logConfig: block({
      includeDetail: text(oneOf("NONE", "FULL")),
      level: text(oneOf("OFF", "ERROR", "INFO", "TRACE")),
    }),
    name: text(length(1, 256), busName),
    tags: map(),
  }),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": regional({
    eventBusName: text(length(1, 256), eventBusName),
    policy: required(text(document())),
  }),
  "aws:cloudwatch/eventRule:EventRule": regional(
    {
      description: text(length(0, 512)),
      eventBusName: text(length(1, 1600), eventBusName),
      eventPattern: text(json()),
      forceDestroy: flag(),
      isEnabled: flag(),
      name: text(length(0, 64), ruleName),
      namePrefix: text(length(0, 38), ruleName),
      roleArn: text(arn()),
      scheduleExpression: text(length(0, 256)),
      state: text(oneOf("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")),
      tags: map(),
    },
    conflicts("name", "namePrefix"),
    conflicts("isEnabled", "state"),
    atLeastOneOf("eventPattern", "scheduleExpression"),
  ),
  "aws:cloudwatch/eventTarget:EventTarget": regional(
    {
      appsyncTarget: block({
        graphqlOperation: text(length(1, 1048576)),
      }),
      arn: required(text(arn())),
      batchTarget: block({
        arraySize: integer(between(2, 10000)),
        jobAttempts: integer(between(1, 10)),
        jobDefinition: required(text()),
        jobName: required(text()),
      }),
      deadLetterConfig: block({
        arn: text(arn()),
      }),
      ecsTarget: block({
        capacityProviderStrategies: list(
          block({
            base: integer(between(0, 100000)),
            capacityProvider: required(text()),
            weight: integer(between(0, 1000)),
          }),
        ),
        enableEcsManagedTags: flag(),
        enableExecuteCommand: flag(),
        group: text(length(1, 255)),
        launchType: text(oneOf("EC2", "FARGATE", "EXTERNAL")),
        networkConfiguration: block({
          assignPublicIp: flag(),
          securityGroups: list(text()),
          subnets: required(list(text())),
        }),
        orderedPlacementStrategies: list(
          block({
            field: text(length(0, 255)),
            type: required(text(oneOf("random", "spread", "binpack"))),
          }),
          { max: 5 },
        ),
        placementConstraints: list(
          block({
            expression: text(),
            type: required(text(oneOf("distinctInstance", "memberOf"))),
          }),
          { max: 10 },
        ),
        platformVersion: text(length(0, 1600)),
        propagateTags: text(oneOf("TASK_DEFINITION")),
        tags: map(),
        taskCount: integer(between(1, 2147483647)),
        taskDefinitionArn: required(text(arn())),
      }),
      eventBusName: text(length(1, 1600), eventBusName),
      forceDestroy: flag(),
      httpTarget: block({
        headerParameters: map(
          text(
            length(0, 512),
            matches(/^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$/, "be printable"),
          ),
          length(0, 512),
          matches(/^[\w!#$%&'*+,.^|~-]+$/, "be the name of a header"),
        ),
        pathParameterValues: list(text()),
        queryStringParameters: map(
          text(length(0, 512), matches(/[^\p{Cc}]/u, "have a printable character")),
          length(0, 512),
          matches(/[^\p{Cc}]/u, "have a printable character"),
        ),
      }),
      input: text(json(), length(0, 8192)),
      inputPath: text(length(0, 256)),
      inputTransformer: block({
        inputPaths: map(),
        inputTemplate: required(text(length(1, 8192))),
      }),
      kinesisTarget: block({
        partitionKeyPath: text(length(1, 256)),
      }),
      redshiftTarget: block({
        database: required(text(length(1, 64))),
        dbUser: text(length(1, 128)),
        secretsManagerArn: text(arn()),
        sql: text(length(1, 100000)),
        statementName: text(length(1, 500)),
        withEvent: flag(),
      }),
      retryPolicy: block({
        maximumEventAgeInSeconds: integer(between(0, 86400)),
        maximumRetryAttempts: integer(between(0, 185)),
      }),
      roleArn: text(arn()),
      rule: required(text(length(0, 64), ruleName)),
      runCommandTargets: list(
        block({
          key: required(text(length(1, 128))),
          values: required(list(text(length(1, 256)), { max: 50 })),
        }),
        { max: 5 },
      ),
      sagemakerPipelineTarget: block({
        pipelineParameterLists: list(
          block({
            name: required(text()),
            value: required(text()),
          }),
          { max: 200 },
        ),
      }),
      sqsTarget: block({
        messageGroupId: text(),
      }),
      targetId: text(length(0, 64), ruleName),
    },
    conflicts("input", "inputPath", "inputTransformer"),
    conflicts("inputPath", "inputTransformer"),
  ),
};
