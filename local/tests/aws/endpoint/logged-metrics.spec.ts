import assert from "node:assert/strict";
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { runtime, zipOf } from "../lambda/support/local-lambda";
import { CloudOfClients } from "./support/cloud-of-clients";

/** Logs a metric as Powertools do: on the standard output itself, past the runtime's own format. */
const source = `
  export const handler = async ({ sold }) => {
    const metrics = { Namespace: "Shop", Dimensions: [["service"]], Metrics: [{ Name: "Sold", Unit: "Count" }] };
    const _aws = { Timestamp: Date.now(), CloudWatchMetrics: [metrics] };
    process.stdout.write(JSON.stringify({ _aws, service: "till", Sold: sold }) + "\\n");
  };
`;

const Dimensions = [{ Name: "service", Value: "till" }];

describe("what functions log", () => {
  let lab: CloudOfClients;

  before(async () => {
    lab = await CloudOfClients.start();
    const { iam, services } = lab.cloud;
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const assumeRolePolicy = JSON.stringify({ Statement: trust });
    const { arn: roleArn } = iam.createRole({ name: "runner", assumeRolePolicy });
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["logs:*"], Resource: "*" },
    });
    iam.attachRolePolicy("runner", iam.createPolicy({ name: "logging", document }).arn);
    services.logs.createLogGroup({ name: "/aws/lambda/sell" });
    await services.lambda.createFunction({
      name: "sell",
      zip: zipOf({ "index.mjs": source }),
      handler: "index.handler",
      runtime,
      roleArn,
      timeoutSeconds: 10,
      logFormat: "JSON",
    });
    services.cloudwatch.putAlarm({
      name: "sold-out",
      namespace: "Shop",
      metricName: "Sold",
      dimensions: { service: "till" },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 5,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
    });
  });

  after(() => lab.stop());

  const sell = (sold: number) =>
    lab
      .client(LambdaClient)
      .send(
        new InvokeCommand({ FunctionName: "sell", Payload: Buffer.from(JSON.stringify({ sold })) }),
      );

  it("becomes metrics, which are listed, read, and watched by alarms", async () => {
    const cloudWatch = lab.client(CloudWatchClient);
    await sell(2);
    const { Metrics } = await cloudWatch.send(new ListMetricsCommand({ Namespace: "Shop" }));
    assert.deepEqual(Metrics, [{ Namespace: "Shop", MetricName: "Sold", Dimensions }]);
    await sell(4);
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: "Shop",
        MetricName: "Sold",
        Dimensions,
        StartTime: new Date(Date.now() - 600_000),
        EndTime: new Date(Date.now() + 600_000),
        Period: 3600,
        Statistics: ["Sum"],
      }),
    );
    assert.equal(
      Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0),
      6,
    );
    await sell(5);
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand());
    assert.deepEqual(
      MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]),
      [["sold-out", "ALARM"]],
    );
  });

  it("can be drawn by dashboards, which are listed and shown", async () => {
    const DashboardBody = '{"widgets":[]}';
    lab.cloud.services.cloudwatch.dashboards.put("shop", DashboardBody);
    const cloudWatch = lab.client(CloudWatchClient);
    const { DashboardEntries = [] } = await cloudWatch.send(
      new ListDashboardsCommand({ DashboardNamePrefix: "sh" }),
    );
    const DashboardArn = "arn:aws:cloudwatch::123456789012:dashboard/shop";
    assert.deepEqual(
      DashboardEntries.map(({ DashboardName, Size, ...entry }) => [
        DashboardName,
        Size,
        entry.DashboardArn,
      ]),
      [["shop", DashboardBody.length, DashboardArn]],
    );
    const shown = await cloudWatch.send(new GetDashboardCommand({ DashboardName: "shop" }));
    assert.deepEqual([shown.DashboardArn, shown.DashboardBody], [DashboardArn, DashboardBody]);
    await assert.rejects(cloudWatch.send(new GetDashboardCommand({ DashboardName: "none" })), {
      name: "ResourceNotFound",
    });
  });

  it("can be asked by queries that are saved, and shown", async () => {
    const query = {
      name: "shop/sold",
      queryString: "fields Sold",
      logGroupNames: ["/aws/lambda/sell"],
    };
    lab.cloud.services.logs.queryDefinitions.put({ id: "1", ...query });
    lab.cloud.services.logs.queryDefinitions.put({ id: "2", ...query, name: "other" });
    const ask = (queryDefinitionNamePrefix?: string) =>
      lab
        .client(CloudWatchLogsClient)
        .send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix }));
    const { queryDefinitions = [] } = await ask("shop/");
    assert.deepEqual(
      queryDefinitions.map(({ lastModified, ...shown }) => [shown, typeof lastModified]),
      [[{ queryDefinitionId: "1", ...query }, "number"]],
    );
    assert.equal((await ask()).queryDefinitions?.length, 2);
  });
});
