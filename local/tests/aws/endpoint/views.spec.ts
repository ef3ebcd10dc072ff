import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { CloudFrontClient, ListKeyValueStoresCommand } from "@aws-sdk/client-cloudfront";
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListBackupsCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateRoleCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import {
  CreateKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import {
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand as GetFunctionPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import { GetBucketAnalyticsConfigurationCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from "@aws-sdk/client-sns";
import { ListDocumentsCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Credentials } from "../../../aws/iam/types";
import type { RunningCloud } from "../../../cloud";
import { runtime, zipOf } from "../lambda/support/local-lambda";
import { account, CloudOfClients } from "./support/cloud-of-clients";

const keyId = "11111111-2222-4333-8444-555555555555";
const zip = zipOf({ "index.mjs": "export const handler = async () => { console.log('hi'); };" });

const metricOfGreet = {
  namespace: "AWS/Lambda",
  dimensions: { FunctionName: "greet" },
  statistic: "Sum",
  period: 60,
} as const;

/** What people look at with the SDKs' list and describe calls, at the one address of all services. */
describe("the one endpoint", () => {
  let lab: CloudOfClients;
  let cloud: RunningCloud;
  let roleArn: string;
  let policyArn: string;
  let topicArn: string;
  let functionArn: string;

  const clientOf: CloudOfClients["client"] = (make, credentials) => lab.client(make, credentials);

  before(async () => {
    lab = await CloudOfClients.start();
    ({ cloud } = lab);
    const { iam, services } = cloud;
    const { kms, sns, lambda, logs, cloudwatch } = services;
    const service = "lambda.amazonaws.com";
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Statement: trust });
    const tags = { Team: "one" };
    roleArn = iam.createRole({ name: "runner", assumeRolePolicy, description: "Runs", tags }).arn;
    iam.createRole({ name: "other", path: "/app/", assumeRolePolicy });
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["logs:*", "sts:*"], Resource: "*" },
    });
    policyArn = iam.createPolicy({ name: "logging", document, description: "Logs" }).arn;
    iam.attachRolePolicy("runner", policyArn);

    kms.createKey({ keyId, enableKeyRotation: true, tags });
    kms.createAlias("alias/data", keyId);
    topicArn = sns.createTopic({ name: "alerts", displayName: "Alerts", tags }).arn;
    await sns.subscribe({ topicArn, protocol: "email", endpoint: "ops@example.com" });
    logs.createLogGroup({ name: "/aws/lambda/greet", retentionInDays: 30, tags });
    await lambda.createFunction({
      name: "greet",
      zip,
      handler: "index.handler",
      runtime,
      roleArn,
      environment: { MODE: "test" },
      timeoutSeconds: 10,
      description: "Greets",
      architecture: "arm64",
      tags,
    });
    functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:greet";
    cloudwatch.putAlarm({
      name: "errors",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "greet" },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [topicArn],
    });
    cloudwatch.putAlarm({
      name: "error-rate",
      evaluationPeriods: 3,
      threshold: 5,
      comparisonOperator: "GreaterThanThreshold",
      metrics: [
        { id: "rate", expression: "100 * errors / runs", returnData: true },
        { id: "errors", metric: { ...metricOfGreet, metricName: "Errors" } },
        { id: "runs", metric: { ...metricOfGreet, metricName: "Invocations" } },
      ],
    });
    cloudwatch.putCompositeAlarm({
      name: "greeting",
      rule: "ALARM(errors) OR ALARM(error-rate)",
      okActions: [topicArn],
    });
  });

  after(() => lab.stop());

  it("tells who signed, also to a role without permissions", async () => {
    const root = await clientOf(STSClient).send(new GetCallerIdentityCommand());
    assert.equal(root.Account, account.accountId);
    assert.equal(root.Arn, "arn:aws:iam::123456789012:root");
    assert.equal(root.UserId, account.accountId);
    const service = "lambda.amazonaws.com";
    const credentials = cloud.iam.assumeRole({ roleArn, sessionName: "me", service });
    const role = await clientOf(STSClient, credentials).send(new GetCallerIdentityCommand());
    assert.equal(role.Arn, "arn:aws:sts::123456789012:assumed-role/runner/me");
    assert.match(role.UserId ?? "", /^AROA[A-Z0-9]{17}:me$/);
  });

  it("shows roles by page and path, their policies and documents", async () => {
    const iam = clientOf(IAMClient);
    const first = await iam.send(new ListRolesCommand({ MaxItems: 1 }));
    assert.equal(first.IsTruncated, true);
    const { Marker } = first;
    const second = await iam.send(new ListRolesCommand({ MaxItems: 1, Marker }));
    const names = [first, second].flatMap(({ Roles = [] }) => Roles.map((role) => role.RoleName));
    assert.deepEqual(names, ["runner", "other"]);
    assert.equal(second.IsTruncated, false);
    const inPath = await iam.send(new ListRolesCommand({ PathPrefix: "/app/" }));
    assert.deepEqual(
      inPath.Roles?.map(({ Arn }) => Arn),
      ["arn:aws:iam::123456789012:role/app/other"],
    );

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "runner" }));
    assert.equal(Role?.Arn, roleArn);
    assert.equal(Role.Description, "Runs");
    assert.deepEqual(Role.Tags, [{ Key: "Team", Value: "one" }]);
    assert.ok(Role.CreateDate instanceof Date);
    assert.match(decodeURIComponent(Role.AssumeRolePolicyDocument ?? ""), /"sts:AssumeRole"/);

    const attached = new ListAttachedRolePoliciesCommand({ RoleName: "runner" });
    assert.deepEqual((await iam.send(attached)).AttachedPolicies, [
      { PolicyName: "logging", PolicyArn: policyArn },
    ]);
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }));
    assert.equal(Policy?.AttachmentCount, 1);
    const { DefaultVersionId: VersionId } = Policy;
    const version = new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId });
    const { PolicyVersion } = await iam.send(version);
    assert.match(decodeURIComponent(PolicyVersion?.Document ?? ""), /"logs:\*"/);
    await assert.rejects(iam.send(new GetRoleCommand({ RoleName: "nobody" })), {
      name: "NoSuchEntityException",
    });
    const { Role: untagged } = await iam.send(new GetRoleCommand({ RoleName: "other" }));
    assert.equal(untagged?.Tags, undefined);
  });

  it("says of what cannot be a role, a policy or a path why not", async () => {
    const iam = clientOf(IAMClient);
    const ofName =
      /^The specified value for roleName is invalid\. It must contain only alphanumeric/;
    const ofPrefix = /^The specified value for pathPrefix is invalid\. It must begin with the \//;
    for (const [command, message] of [
      [new GetRoleCommand({ RoleName: "a/b" }), ofName],
      [new GetRoleCommand({ RoleName: "a".repeat(65) }), /'roleName'.*less than or equal to 64$/],
      [new ListRolesCommand({ PathPrefix: "app" }), ofPrefix],
      [new ListPoliciesCommand({ PathPrefix: "/app" }), ofPrefix],
      [new GetPolicyCommand({ PolicyArn: "a-name-and-not-an-arn" }), /^Invalid ARN: {2}Could not/],
      [new GetPolicyCommand({ PolicyArn: "name" }), /'policyArn'.*greater than or equal to 20$/],
    ] as const) {
      const sent = iam.send(command as GetRoleCommand);
      await assert.rejects(sent, { name: "ValidationError", message });
    }
    await iam.send(new ListRolesCommand({ PathPrefix: "/app" }));
    const ofAws = { PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
    await assert.rejects(iam.send(new GetPolicyCommand(ofAws)), { name: "NotImplemented" });
  });

  it("shows keys, aliases, policies, rotation and tags", async () => {
    const kms = clientOf(KMSClient);
    const { Keys = [] } = await kms.send(new ListKeysCommand());
    assert.ok(Keys.some(({ KeyId }) => KeyId === keyId));
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({ KeyId: keyId }));
    assert.deepEqual(
      Aliases.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
      [["alias/data", keyId]],
    );
    const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }));
    assert.match(Policy, /Enable IAM User Permissions/);
    const rotation = await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
    assert.deepEqual([rotation.KeyRotationEnabled, rotation.RotationPeriodInDays], [true, 365]);
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId: keyId }));
    assert.deepEqual(Tags, [{ TagKey: "Team", TagValue: "one" }]);
  });

  it("shows topics, their attributes, subscriptions and tags", async () => {
    const sns = clientOf(SNSClient);
    assert.deepEqual((await sns.send(new ListTopicsCommand())).Topics, [{ TopicArn: topicArn }]);
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    assert.equal(Attributes?.DisplayName, "Alerts");
    assert.equal(Attributes.SubscriptionsConfirmed, "1");
    const list = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn });
    const [subscription] = (await sns.send(list)).Subscriptions ?? [];
    assert.equal(subscription?.Endpoint, "ops@example.com");
    assert.equal(subscription.Owner, account.accountId);
    const tags = await sns.send(new ListTagsForResourceCommand({ ResourceArn: topicArn }));
    assert.deepEqual(tags.Tags, [{ Key: "Team", Value: "one" }]);
    await assert.rejects(sns.send(new GetTopicAttributesCommand({ TopicArn: `${topicArn}x` })), {
      name: "NotFoundException",
    });
  });

  it("shows functions, and hands out their code by a URL", async () => {
    const lambda = clientOf(LambdaClient);
    const { Functions = [] } = await lambda.send(new ListFunctionsCommand());
    assert.deepEqual(
      Functions.map(({ FunctionArn }) => FunctionArn),
      [functionArn],
    );
    const { Configuration, Code, Tags } = await lambda.send(
      new GetFunctionCommand({ FunctionName: "greet" }),
    );
    assert.equal(Configuration?.State, "Active");
    assert.deepEqual(Configuration.Environment?.Variables, { MODE: "test" });
    assert.deepEqual(Configuration.Architectures, ["arm64"]);
    assert.deepEqual(Tags, { Team: "one" });
    const archive = Buffer.from(await (await fetch(Code?.Location ?? "")).arrayBuffer());
    assert.deepEqual(archive, Buffer.from(zip));
    const sha256 = createHash("sha256").update(archive).digest("base64");
    assert.equal(Configuration.CodeSha256, sha256);
    const forged = await fetch((Code?.Location ?? "").slice(0, -4));
    assert.equal(forged.status, 403);

    const short = new GetFunctionConfigurationCommand({ FunctionName: functionArn });
    assert.equal((await lambda.send(short)).Timeout, 10);
    assert.deepEqual((await lambda.send(new ListTagsCommand({ Resource: functionArn }))).Tags, {
      Team: "one",
    });
    const mappings = await lambda.send(new ListEventSourceMappingsCommand());
    assert.deepEqual(mappings.EventSourceMappings, []);
  });

  it("tells of a function's policy, URL and event settings once it has them", async () => {
    const lambda = clientOf(LambdaClient);
    const FunctionName = "greet";
    const views: (() => Promise<unknown>)[] = [
      () => lambda.send(new GetFunctionPolicyCommand({ FunctionName })),
      () => lambda.send(new GetFunctionUrlConfigCommand({ FunctionName })),
      () => lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName })),
    ];
    for (const view of views) {
      await assert.rejects(view(), { name: "ResourceNotFoundException" });
    }
    const { lambda: local } = cloud.services;
    const permission = { functionName: FunctionName, statementId: "s3" };
    local.addPermission({
      ...permission,
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
    });
    await local.createFunctionUrlConfig({
      functionName: FunctionName,
      urlId: "u",
      config: { authType: "AWS_IAM", cors: { allowOrigins: ["https://example.com"] } },
    });
    local.putFunctionEventInvokeConfig(FunctionName, { maximumRetryAttempts: 1 });
    const policy = await lambda.send(new GetFunctionPolicyCommand({ FunctionName }));
    assert.match(policy.Policy ?? "", /"Sid":"s3"/);
    const url = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    assert.match(url.FunctionUrl ?? "", /^http:\/\/127\.0\.0\.1:\d+\/$/);
    assert.deepEqual(url.Cors, { AllowOrigins: ["https://example.com"] });
    const config = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
    assert.equal(config.MaximumRetryAttempts, 1);
  });

  it("invokes a function, and shows what it logged, by stream, time and pattern", async () => {
    const invoke = new InvokeCommand({ FunctionName: "greet", LogType: "Tail" });
    const { LogResult = "", StatusCode } = await clientOf(LambdaClient).send(invoke);
    assert.equal(StatusCode, 200);
    assert.match(Buffer.from(LogResult, "base64").toString(), /INFO\thi/);

    const logs = clientOf(CloudWatchLogsClient);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand());
    assert.deepEqual(
      logGroups?.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays]),
      [["/aws/lambda/greet", 30]],
    );
    const logGroupName = "/aws/lambda/greet";
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    const logStreamName = logStreams?.[0]?.logStreamName;
    assert.match(logStreamName ?? "", /\[\$LATEST\]/);
    const all = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }));
    assert.ok(all.events?.some(({ message }) => message?.startsWith("START RequestId:")));
    const found = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern: "INFO hi" }),
    );
    assert.equal(found.events?.length, 1);
    const [event] = found.events;
    assert.equal(event?.logStreamName, logStreamName);
    const startTime = (event?.timestamp ?? 0) + 60_000;
    const later = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime }));
    assert.deepEqual(later.events, []);
    await assert.rejects(logs.send(new FilterLogEventsCommand({ logGroupName: "none" })), {
      name: "ResourceNotFoundException",
    });
  });

  it("shows alarms and their history, in CBOR, and moves them to a state", async () => {
    const cloudWatch = clientOf(CloudWatchClient);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand());
    assert.deepEqual(
      MetricAlarms.map(({ AlarmName, Threshold, Dimensions }) => [
        AlarmName,
        Threshold,
        Dimensions,
      ]),
      [
        ["error-rate", 5, undefined],
        ["errors", 1, [{ Name: "FunctionName", Value: "greet" }]],
      ],
    );
    assert.ok(MetricAlarms[0]?.StateUpdatedTimestamp instanceof Date);
    assert.deepEqual(MetricAlarms[0].Metrics?.slice(0, 2), [
      { Id: "rate", Expression: "100 * errors / runs", ReturnData: true },
      {
        Id: "errors",
        MetricStat: {
          Metric: {
            MetricName: "Errors",
            Namespace: "AWS/Lambda",
            Dimensions: [{ Name: "FunctionName", Value: "greet" }],
          },
          Period: 60,
          Stat: "Sum",
        },
        ReturnData: false,
      },
    ]);
    const AlarmName = "errors";
    const set = { AlarmName, StateValue: "ALARM", StateReason: "drill" } as const;
    await cloudWatch.send(new SetAlarmStateCommand(set));
    const ofState = await cloudWatch.send(new DescribeAlarmsCommand({ StateValue: "ALARM" }));
    assert.equal(ofState.MetricAlarms?.[0]?.StateReason, "drill");
    assert.equal(ofState.MetricAlarms[0].StateReasonData, undefined);
    const history = await cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName }));
    assert.match(history.AlarmHistoryItems?.[0]?.HistorySummary ?? "", /to ALARM$/);
  });

  it("keeps the data that a state is set with, and takes nothing but JSON", async () => {
    const cloudWatch = clientOf(CloudWatchClient);
    const AlarmName = "errors";
    const set = (StateValue: StateValue, StateReasonData?: string) =>
      cloudWatch.send(
        new SetAlarmStateCommand({
          AlarmName,
          StateValue,
          StateReason: `to ${StateValue}`,
          StateReasonData,
        }),
      );
    await assert.rejects(set("ALARM", "{drill"), { name: "InvalidFormatFault" });
    await assert.rejects(set("ALARM", JSON.stringify("a".repeat(4000))), /stateReasonData/);
    await set("OK", '{"drill": 1}');
    await set("ALARM", '{"drill": 2}');
    const { MetricAlarms } = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }),
    );
    assert.deepEqual(JSON.parse(MetricAlarms?.[0]?.StateReasonData ?? ""), { drill: 2 });
    const history = await cloudWatch.send(new DescribeAlarmHistoryCommand({ AlarmName }));
    assert.deepEqual(JSON.parse(history.AlarmHistoryItems?.[0]?.HistoryData ?? ""), {
      version: "1.0",
      oldState: { stateValue: "OK", stateReason: "to OK", stateReasonData: { drill: 1 } },
      newState: { stateValue: "ALARM", stateReason: "to ALARM", stateReasonData: { drill: 2 } },
    });
  });

  it("shows composite alarms when they are asked for, and the family of an alarm", async () => {
    const cloudWatch = clientOf(CloudWatchClient);
    const show = async (input: DescribeAlarmsCommandInput) => {
      const { MetricAlarms, CompositeAlarms } = await cloudWatch.send(
        new DescribeAlarmsCommand(input),
      );
      return {
        metric: MetricAlarms?.map(({ AlarmName }) => AlarmName),
        composite: CompositeAlarms?.map(({ AlarmName }) => AlarmName),
      };
    };
    const children = { metric: ["error-rate", "errors"], composite: [] };
    const parents = { metric: [], composite: ["greeting"] };
    const both = ["CompositeAlarm", "MetricAlarm"] as const;
    assert.deepEqual(await show({}), children);
    assert.deepEqual(await show({ AlarmTypes: ["CompositeAlarm"] }), parents);
    assert.deepEqual(await show({ AlarmTypes: [...both] }), {
      metric: children.metric,
      composite: parents.composite,
    });
    assert.deepEqual(await show({ ParentsOfAlarmName: "errors" }), parents);
    assert.deepEqual(
      (await show({ ChildrenOfAlarmName: "greeting" })).metric?.sort(),
      children.metric,
    );

    const [AlarmName, StateValue] = ["greeting", "INSUFFICIENT_DATA"] as const;
    const set = { AlarmName, StateValue, StateReason: "drill" } as const;
    await cloudWatch.send(new SetAlarmStateCommand(set));
    const { CompositeAlarms } = await cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmTypes: [...both],
        StateValue,
        AlarmNames: [AlarmName],
      }),
    );
    assert.equal(CompositeAlarms?.[0]?.AlarmRule, "ALARM(errors) OR ALARM(error-rate)");
    assert.equal(CompositeAlarms[0].StateReason, "drill");
    assert.equal(CompositeAlarms[0].StateReasonData, undefined, "no child has changed it");
    const AlarmTypes = ["CompositeAlarm" as const];
    const history = await cloudWatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName, AlarmTypes }),
    );
    assert.equal(history.AlarmHistoryItems?.[0]?.AlarmType, "CompositeAlarm");
  });

  it("shows the metrics that services publish", async () => {
    const dimensions = { FunctionName: "measured" };
    const datum = { namespace: "AWS/Lambda", name: "Duration", dimensions };
    cloud.services.cloudwatch.put({ ...datum, value: 10 });
    cloud.services.cloudwatch.put({ ...datum, value: 30 });
    const cloudWatch = clientOf(CloudWatchClient);
    const Dimensions = [{ Name: "FunctionName", Value: "measured" }];
    const list = await cloudWatch.send(new ListMetricsCommand({ Dimensions }));
    assert.deepEqual(list.Metrics, [
      { Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions },
    ]);
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "AWS/Lambda",
        MetricName: "Duration",
        Dimensions,
        StartTime: new Date(Date.now() - 3_600_000),
        EndTime: new Date(Date.now() + 60_000),
        Period: 86_400,
        Statistics: ["Average", "SampleCount"],
        ExtendedStatistics: ["p50"],
      }),
    );
    const sum = Datapoints.reduce((count, { SampleCount = 0 }) => count + SampleCount, 0);
    assert.equal(sum, 2);
    assert.equal(Datapoints[0]?.Average, 20);
    assert.equal(Datapoints[0].ExtendedStatistics?.p50, 10);
  });

  const views: [string, (credentials: Credentials) => Promise<unknown>][] = [
    ["IAM", (who) => clientOf(IAMClient, who).send(new ListRolesCommand())],
    ["KMS", (who) => clientOf(KMSClient, who).send(new ListKeysCommand())],
    ["SNS", (who) => clientOf(SNSClient, who).send(new ListTopicsCommand())],
    ["Lambda", (who) => clientOf(LambdaClient, who).send(new ListFunctionsCommand())],
    ["CloudWatch", (who) => clientOf(CloudWatchClient, who).send(new DescribeAlarmsCommand())],
  ];
  for (const [name, call] of views) {
    it(`refuses a role without the permission, and forged signatures: ${name}`, async () => {
      const service = "lambda.amazonaws.com";
      const role = cloud.iam.assumeRole({ roleArn, sessionName: "me", service });
      await assert.rejects(call(role), /is not authorized to perform: \w+:(List|Describe)/);
      await assert.rejects(
        call({ ...cloud.iam.administrator, secretAccessKey: "wrong" }),
        /signature/i,
      );
    });
  }

  /** The third is what a service says by itself. */
  const notEmulated: [string, () => Promise<unknown>, string?][] = [
    [
      "CreateRole of IAM",
      () =>
        clientOf(IAMClient).send(
          new CreateRoleCommand({ RoleName: "x", AssumeRolePolicyDocument: "{}" }),
        ),
    ],
    [
      "AssumeRole of STS",
      () =>
        clientOf(STSClient).send(
          new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "me" }),
        ),
    ],
    ["CreateTopic of SNS", () => clientOf(SNSClient).send(new CreateTopicCommand({ Name: "x" }))],
    [
      "the parameter PhoneNumber of Publish",
      () => clientOf(SNSClient).send(new PublishCommand({ PhoneNumber: "+1", Message: "x" })),
    ],
    ["ListDocuments of SSM", () => clientOf(SSMClient).send(new ListDocumentsCommand())],
    ["ListBackups of DynamoDB", () => clientOf(DynamoDBClient).send(new ListBackupsCommand())],
    [
      "GetBucketAnalyticsConfiguration of S3",
      () =>
        clientOf(S3Client).send(
          new GetBucketAnalyticsConfigurationCommand({ Bucket: "any", Id: "a" }),
        ),
      "A header or query you provided implies functionality that is not implemented: GET bucket analytics",
    ],
    [
      "GET /2020-05-31/key-value-store of CloudFront",
      () => clientOf(CloudFrontClient).send(new ListKeyValueStoresCommand()),
    ],
    ["CreateKey of KMS", () => clientOf(KMSClient).send(new CreateKeyCommand())],
    [
      "CreateLogGroup of CloudWatch Logs",
      () => clientOf(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: "x" })),
    ],
    [
      "PutMetricAlarm of CloudWatch",
      () =>
        clientOf(CloudWatchClient).send(
          new PutMetricAlarmCommand({
            AlarmName: "x",
            EvaluationPeriods: 1,
            ComparisonOperator: "GreaterThanThreshold",
          }),
        ),
    ],
    [
      "DELETE /2015-03-31/functions/greet of Lambda",
      () => clientOf(LambdaClient).send(new DeleteFunctionCommand({ FunctionName: "greet" })),
    ],
  ];
  for (const [what, call, message] of notEmulated) {
    it(`answers 501 in the service's own protocol: ${what}`, async () => {
      await assert.rejects(call(), (error: Error & { $metadata?: { httpStatusCode?: number } }) => {
        assert.equal(error.name, "NotImplemented");
        assert.equal(error.message, message ?? `The local cloud does not emulate ${what}.`);
        assert.equal(error.$metadata?.httpStatusCode, 501);
        return true;
      });
    });
  }
});
