import assert from "node:assert/strict";
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryCommandInput,
  DescribeAlarmsForMetricCommand,
  type DescribeAlarmsForMetricCommandInput,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListMetricsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { CodeDeployClient, ListDeploymentsCommand } from "@aws-sdk/client-codedeploy";
import {
  IAMClient,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyCommandInput,
  ListPoliciesCommand,
} from "@aws-sdk/client-iam";
import { LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { account, CloudOfClients } from "./support/cloud-of-clients";

const alarm = {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  namespace: "AWS/Lambda",
  metricName: "Errors",
  statistic: "Sum",
  threshold: 0,
} as const;

const notEmulated = (parameter: string) => ({
  name: "NotImplemented",
  message: new RegExp(`does not emulate the parameter ${parameter} of`),
});

describe("what lists are asked for", () => {
  let lab: CloudOfClients;
  let TopicArn: string;

  before(async () => {
    lab = await CloudOfClients.start();
    const { cloudwatch, logs, sns, s3 } = lab.cloud.services;
    const dimensions = { FunctionName: "greet" };
    cloudwatch.putAlarm({ ...alarm, name: "greet", dimensions, period: 60 });
    cloudwatch.putAlarm({ ...alarm, name: "all", dimensions: {}, period: 300 });
    logs.createLogGroup({ name: "/app/web" });
    TopicArn = sns.createTopic({ name: "alerts" }).arn;
    s3.createBucket("here");
  });
  after(() => lab.stop());

  describe("of CloudWatch", () => {
    const found = async (input: Partial<DescribeAlarmsForMetricCommandInput>) => {
      const { MetricAlarms = [] } = await lab.client(CloudWatchClient).send(
        new DescribeAlarmsForMetricCommand({
          Namespace: "AWS/Lambda",
          MetricName: "Errors",
          ...input,
        }),
      );
      return MetricAlarms.map(({ AlarmName }) => AlarmName).sort();
    };
    const Dimensions = [{ Name: "FunctionName", Value: "greet" }];

    it("finds alarms by dimensions, all of them, and by how they read the metric", async () => {
      assert.deepEqual(await found({}), ["all", "greet"]);
      assert.deepEqual(await found({ Dimensions }), ["greet"]);
      assert.deepEqual(await found({ Dimensions: [] }), ["all"]);
      const other = { Name: "Resource", Value: "greet:live" };
      assert.deepEqual(await found({ Dimensions: [...Dimensions, other] }), []);
      assert.deepEqual(await found({ Period: 300 }), ["all"]);
      assert.deepEqual(await found({ Statistic: "Average" }), []);
      assert.deepEqual(await found({ Statistic: "Sum", Period: 60 }), ["greet"]);
      await assert.rejects(found({ Unit: "Count" }), notEmulated("Unit"));
    });

    it("tells the history of a time, in either order", async () => {
      const client = lab.client(CloudWatchClient);
      for (const StateValue of ["ALARM", "OK"] as const) {
        await client.send(
          new SetAlarmStateCommand({ AlarmName: "greet", StateValue, StateReason: "drill" }),
        );
      }
      const summaries = async (input: DescribeAlarmHistoryCommandInput) => {
        const { AlarmHistoryItems = [] } = await client.send(
          new DescribeAlarmHistoryCommand({ AlarmName: "greet", ...input }),
        );
        return AlarmHistoryItems.map(({ HistorySummary = "" }) => HistorySummary.split(" ").at(-1));
      };
      const hour = 3_600_000;
      const [earlier, later] = [new Date(Date.now() - hour), new Date(Date.now() + hour)];

      assert.equal((await summaries({ StartDate: earlier, EndDate: later })).length, 2);
      assert.deepEqual(await summaries({ EndDate: earlier }), []);
      assert.deepEqual(await summaries({ StartDate: later }), []);
      assert.deepEqual(
        await summaries({ ScanBy: "TimestampAscending" }),
        (await summaries({})).toReversed(),
      );
    });

    const statistics = (input: Partial<GetMetricStatisticsCommandInput>) =>
      lab.client(CloudWatchClient).send(
        new GetMetricStatisticsCommand({
          Namespace: "AWS/Lambda",
          MetricName: "Errors",
          StartTime: new Date(0),
          EndTime: new Date(86_400_000),
          Period: 60,
          Statistics: ["Sum"],
          ...input,
        }),
      );

    it("takes statistics over a span of 1440 periods at most", async () => {
      await statistics({});
      await assert.rejects(statistics({ EndTime: new Date(86_460_000) }), {
        name: "InvalidParameterCombinationException",
        message:
          "You have requested up to 1441 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
      });
      await assert.rejects(statistics({ EndTime: new Date(0) }), {
        name: "InvalidParameterValueException",
        message: "The parameter StartTime must be less than the parameter EndTime.",
      });
      await assert.rejects(statistics({ Statistics: undefined }), {
        name: "InvalidParameterCombinationException",
      });
    });

    it("refuses what would change the answer and is not emulated", async () => {
      await assert.rejects(statistics({ Unit: "Bytes" }), notEmulated("Unit"));
      const recent = new ListMetricsCommand({ RecentlyActive: "PT3H" });
      await assert.rejects(
        lab.client(CloudWatchClient).send(recent),
        notEmulated("RecentlyActive"),
      );
    });
  });

  describe("of CloudWatch Logs", () => {
    const groups = (input: DescribeLogGroupsCommandInput) =>
      lab.client(CloudWatchLogsClient).send(new DescribeLogGroupsCommand(input));
    const events = (input: FilterLogEventsCommandInput) =>
      lab
        .client(CloudWatchLogsClient)
        .send(new FilterLogEventsCommand({ logGroupName: "/app/web", ...input }));
    const invalid = { name: "InvalidParameterException" };

    it("takes one of two ways to name what is looked for", async () => {
      const both = { logGroupNamePrefix: "/app", logGroupNamePattern: "web" };
      await assert.rejects(groups(both), {
        ...invalid,
        message:
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
      });
      await assert.rejects(events({ logStreamNames: ["a"], logStreamNamePrefix: "a" }), invalid);
      await assert.rejects(events({ logGroupIdentifier: "/app/web" }), {
        name: "ValidationException",
        message: "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
      });
      assert.equal((await groups({ logGroupNamePattern: "web" })).logGroups?.length, 1);
    });

    it("tells less of groups that it finds by a part of their names, in upper and lower case", async () => {
      const { logGroups: [found] = [] } = await groups({ logGroupNamePattern: "p/we" });
      const { creationTime, ...others } = found ?? {};
      assert.ok(creationTime);
      const logGroupArn = "arn:aws:logs:eu-west-1:123456789012:log-group:/app/web";
      assert.deepEqual(others, {
        ...{ logGroupName: "/app/web", arn: `${logGroupArn}:*`, logGroupArn },
        ...{ logGroupClass: "STANDARD", metricFilterCount: 0 },
      });
      assert.deepEqual((await groups({ logGroupNamePattern: "Web" })).logGroups, []);
      const { logGroups: [whole] = [] } = await groups({ logGroupNamePrefix: "/app" });
      assert.equal(whole?.storedBytes, 0);
      assert.equal(whole.deletionProtectionEnabled, false);
    });

    it("refuses a time that ends before it starts, and a quotation mark that is alone", async () => {
      await assert.rejects(events({ startTime: 2, endTime: 1 }), invalid);
      await assert.rejects(events({ filterPattern: '"a' }), invalid);
      assert.deepEqual((await events({ filterPattern: '"a\\"b"' })).events, []);
    });

    it("refuses to order streams of a prefix by their last events", async () => {
      const ordered = new DescribeLogStreamsCommand({
        logGroupName: "/app/web",
        logStreamNamePrefix: "a",
        orderBy: "LastEventTime",
      });
      await assert.rejects(lab.client(CloudWatchLogsClient).send(ordered), invalid);
    });

    it("refuses what would change the answer and is not emulated", async () => {
      await assert.rejects(
        groups({ logGroupClass: "INFREQUENT_ACCESS" }),
        notEmulated("logGroupClass"),
      );
      await assert.rejects(
        groups({ logGroupIdentifiers: ["/app/web"] }),
        notEmulated("logGroupIdentifiers"),
      );
      assert.equal((await groups({ includeLinkedAccounts: false })).logGroups?.length, 1);
    });
  });

  describe("of IAM", () => {
    const policyArn = "arn:aws:iam::123456789012:policy/logging";

    it("shows what has a policy by kind and path", async () => {
      const { iam } = lab.cloud;
      const Statement = { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" };
      const document = JSON.stringify({ Version: "2012-10-17", Statement });
      iam.createPolicy({ name: "logging", document });
      const Principal = { Service: "lambda.amazonaws.com" };
      const trust = { Statement: { Effect: "Allow", Principal, Action: "sts:AssumeRole" } };
      iam.createRole({ name: "runner", path: "/app/", assumeRolePolicy: JSON.stringify(trust) });
      iam.attachRolePolicy("runner", policyArn);
      const roles = async (input: Omit<ListEntitiesForPolicyCommandInput, "PolicyArn">) => {
        const { PolicyRoles = [] } = await lab
          .client(IAMClient)
          .send(new ListEntitiesForPolicyCommand({ PolicyArn: policyArn, ...input }));
        return PolicyRoles.map(({ RoleName }) => RoleName);
      };

      assert.deepEqual(await roles({}), ["runner"]);
      assert.deepEqual(await roles({ EntityFilter: "Role", PathPrefix: "/app/" }), ["runner"]);
      assert.deepEqual(await roles({ EntityFilter: "User" }), []);
      assert.deepEqual(await roles({ PathPrefix: "/other/" }), []);
    });

    it("refuses what would change the answer and is not emulated", async () => {
      const boundaries = new ListPoliciesCommand({ PolicyUsageFilter: "PermissionsBoundary" });
      await assert.rejects(
        lab.client(IAMClient).send(boundaries),
        notEmulated("PolicyUsageFilter"),
      );
    });
  });

  it("are functions and deployments of no other place", async () => {
    const functions = new ListFunctionsCommand({ MasterRegion: "ALL", FunctionVersion: "ALL" });
    await assert.rejects(lab.client(LambdaClient).send(functions), notEmulated("MasterRegion"));
    const deployments = new ListDeploymentsCommand({ externalId: "1" });
    await assert.rejects(lab.client(CodeDeployClient).send(deployments), notEmulated("externalId"));
  });

  it("are buckets of a region", async () => {
    const names = async (BucketRegion: string) => {
      const { Buckets = [] } = await lab
        .client(S3Client)
        .send(new ListBucketsCommand({ BucketRegion }));
      return Buckets.map(({ Name }) => Name);
    };
    assert.deepEqual(await names(account.region), ["here"]);
    assert.deepEqual(await names("ap-south-1"), []);
  });

  it("are not parameters that others share", async () => {
    const shared = new DescribeParametersCommand({ Shared: true });
    await assert.rejects(lab.client(SSMClient).send(shared), notEmulated("Shared"));
  });

  it("are messages by protocol, well formed whoever subscribes", async () => {
    const publish = (input: PublishCommandInput) =>
      lab.client(SNSClient).send(new PublishCommand({ TopicArn, ...input }));
    const json = { MessageStructure: "json" };
    for (const [input, reason] of [
      [{ ...json, Message: "text" }, "Message Structure - JSON message body failed to parse"],
      [
        { ...json, Message: '{"email":"text"}' },
        "Message Structure - No default entry in JSON message body",
      ],
      [{ MessageStructure: "xml", Message: '{"default":"text"}' }, "MessageStructure"],
    ] as const) {
      await assert.rejects(publish(input), {
        name: "InvalidParameterException",
        message: `Invalid parameter: ${reason}`,
      });
    }
    await publish({ ...json, Message: '{"default":"text"}' });
  });
});
