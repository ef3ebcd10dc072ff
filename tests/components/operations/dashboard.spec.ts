import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { Alerts } from "../../../components/operations/alerts";
import { Dashboard } from "../../../components/operations/dashboard";
import { dashboardMessages } from "../../../local/aws/cloudwatch/dashboard-body";
import { type MockedRun, runMocked } from "../../support/pulumi";

const type = "aws:cloudwatch/dashboard:Dashboard";

async function create(stack: string): Promise<MockedRun> {
  const { run } = await runMocked(
    () => {
      const accessLog = new aws.cloudwatch.LogGroup("/aws/apigateway/test");
      const renderer = new aws.lambda.Function("render", {
        role: "arn:aws:iam::123456789012:role/render",
        loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/render" },
      });
      const queue = new aws.sqs.Queue("failures");
      const table = new aws.dynamodb.Table("images", { attributes: [] });
      const api = { name: "test-api", stage: "v1" };
      const alerts = new Alerts("test", {
        email: "alerts@example.com",
        api,
        urlFunctions: { "render-image": renderer },
        eventFunctions: {},
        tables: { images: { table } },
        queues: { failures: queue },
      });
      const distribution = new aws.cloudfront.Distribution("images", {
        enabled: true,
        origins: [],
        defaultCacheBehavior: {
          allowedMethods: [],
          cachedMethods: [],
          targetOriginId: "",
          viewerProtocolPolicy: "https-only",
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: {},
      });
      return new Dashboard("test", {
        alerts,
        api,
        functions: { "render-image": renderer },
        accessLog,
        distributions: { images: distribution },
        buckets: { images: new aws.s3.Bucket("images") },
        tables: { images: table },
      });
    },
    { stack },
  );
  return run;
}

interface Body {
  widgets: { properties: { title?: string; alarms?: string[]; metrics?: unknown[][] } }[];
}

describe("Dashboard", () => {
  it("is one, with a body that CloudWatch accepts, of the names that resources have", async () => {
    const run = await create("test");
    const { dashboardName, dashboardBody, ...others } = run.inputs(type, "test-dashboard");
    assert.deepEqual([dashboardName, others], ["test-test", {}]);
    const arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:one";
    const real = String(dashboardBody).replaceAll(/arn:mock:[^"]+/g, arn);
    assert.deepEqual(dashboardMessages(real), []);
    const { widgets } = JSON.parse(String(dashboardBody)) as Body;
    const lines = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const named = (dimension: string) =>
      new Set(
        lines
          .filter((line) => line.includes(dimension))
          .map((line) => line[line.indexOf(dimension) + 1]),
      );
    assert.deepEqual([...named("FunctionName")], ["render-name"]);
    assert.deepEqual([...named("TableName")], ["images-name"]);
    assert.deepEqual([...named("LogGroupName")].sort(), [
      "/aws/apigateway/test-name",
      "/aws/lambda/render",
    ]);
  });

  it("shows the alarms that there are", async () => {
    const run = await create("test");
    const { widgets } = JSON.parse(
      String(run.inputs(type, "test-dashboard").dashboardBody),
    ) as Body;
    const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    const arns = ["metricAlarm:MetricAlarm", "compositeAlarm:CompositeAlarm"].flatMap((alarm) =>
      run
        .ofType(`aws:cloudwatch/${alarm}`)
        .map(({ name }) => `arn:mock:aws:cloudwatch/${alarm}:${name}`),
    );
    assert.deepEqual(shown.sort(), arns.sort());
    assert.ok(shown.length > 1);
  });

  it("is named for the stack, with a hyphen for what no name may have", async () => {
    const run = await create("test.two");
    assert.equal(run.inputs(type, "test-dashboard").dashboardName, "test-test-two");
  });
});
