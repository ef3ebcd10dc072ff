import assert from "node:assert/strict";
import { CloudWatch } from "../../aws/cloudwatch/cloudwatch";
import { cloudwatchResources } from "../../provider/cloudwatch";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const inputs = {
  namespace: "AWS/ApiGateway",
  metricName: "5XXError",
  dimensions: { ApiName: "darkroom", Stage: "v1" },
  statistic: "Sum",
  period: 60,
  evaluationPeriods: 1,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  alarmDescription: "The API answers 5xx",
  tags: { Environment: "Production" },
};

describe("cloudwatchResources", () => {
  let lines: string[];
  let cloudWatch: CloudWatch;
  let minute: number;

  beforeEach(() => {
    lines = [];
    minute = 0;
    cloudWatch = new CloudWatch({
      account,
      dataDir: "",
      notify: (line) => lines.push(line),
      clock: () => new Date(Date.UTC(2026, 0, 15, 10, minute)),
      publish: () => Promise.resolve(),
    });
  });

  const create = (properties: Properties, ofType = type): Promise<ResourceState> => {
    return createPlanned(cloudwatchResources(cloudWatch, account), {
      type: ofType,
      name: "api-errors",
      urn: `urn:pulumi:local::darkroom::${ofType}::api-errors`,
      inputs: properties,
      projectDir: "",
      physicalName: () => "api-errors-1a2b3c4",
      stableId: () => "",
    });
  };

  const putErrors = (value: number) => {
    cloudWatch.put({
      namespace: "AWS/ApiGateway",
      name: "5XXError",
      dimensions: { Stage: "v1", ApiName: "darkroom" },
      value,
    });
  };

  it("makes dashboards, and refuses those that CloudWatch refuses", async () => {
    const dashboard = { dashboardName: "shop", dashboardBody: '{"widgets":[]}' };
    const ofType = "aws:cloudwatch/dashboard:Dashboard";
    const { id, outputs } = await create(dashboard, ofType);
    assert.equal(id, "shop");
    assert.deepEqual(outputs, {
      ...dashboard,
      dashboardArn: "arn:aws:cloudwatch::123456789012:dashboard/shop",
      region: "us-east-1",
    });
    assert.equal(cloudWatch.dashboards.get("shop").body, dashboard.dashboardBody);
    await assert.rejects(create({ ...dashboard, dashboardBody: "{}" }, ofType), {
      code: "InvalidParameterInput",
      message: /\/widgets: /,
    });
  });

  it("creates an alarm that fires", async () => {
    const { id, outputs } = await create(inputs);
    assert.equal(id, "api-errors-1a2b3c4");
    assert.equal(outputs.arn, `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${id}`);
    assert.equal(outputs.treatMissingData, "missing");
    assert.deepEqual(outputs.tagsAll, { Environment: "Production" });
    putErrors(1);
    assert.match(lines[0] ?? "", /^alarm api-errors-1a2b3c4 is ALARM/);
  });

  it("takes a threshold that is not given for 0, as the provider sends it", async () => {
    const { threshold, ...others } = inputs;
    await create(others);
    putErrors(threshold);
    assert.equal(lines.length, 0);
    putErrors(threshold + 1);
    assert.match(lines[0] ?? "", /^alarm api-errors-1a2b3c4 is ALARM/);
  });

  it("fails with the error of AWS when the alarm is not valid", async () => {
    await assert.rejects(async () => create({ ...inputs, period: 7 }), { code: "ValidationError" });
  });

  it("creates an alarm on an expression that fires", async () => {
    const metric = { namespace: "AWS/ApiGateway", metricName: "5XXError", period: 60, stat: "Sum" };
    const { dimensions } = inputs;
    await create({
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      metricQueries: [
        { id: "twice", expression: "errors * 2", returnData: true },
        { id: "errors", metric: { ...metric, dimensions } },
      ],
    });
    putErrors(1);
    assert.equal(lines.length, 0, "its period has not ended");
    minute += 1;
    await cloudWatch.evaluate();
    assert.match(lines.join("\n"), /^alarm api-errors-1a2b3c4 is ALARM: .*\[2\.0 /);
  });

  const notEmulated: [string, Properties][] = [
    ["anomaly detection", { thresholdMetricId: "band" }],
    ["the function HOUR of metric maths", { metricQueries: queries("HOUR(m1)") }],
    ["a metric's unit", { metricQueries: queries("m1 * 2", { unit: "Count" }) }],
  ];
  for (const [what, properties] of notEmulated) {
    it(`says that ${what} is not emulated`, async () => {
      const { comparisonOperator, evaluationPeriods } = inputs;
      const { thresholdMetricId } = properties;
      const rest =
        thresholdMetricId === undefined ? { comparisonOperator, evaluationPeriods } : inputs;
      await create({ ...rest, ...properties });
      assert.equal(
        lines[0],
        `alarm api-errors-1a2b3c4 is recorded, but never evaluated: ${what} is not emulated`,
      );
    });
  }

  it("creates a composite alarm on others, under its own name", async () => {
    const { id: child } = await create(inputs);
    const { id, outputs } = await create(
      { alarmName: "all", alarmRule: `ALARM("${child}")`, tags: { a: "b" } },
      compositeType,
    );
    assert.equal(id, "all");
    assert.equal(outputs.arn, "arn:aws:cloudwatch:us-east-1:123456789012:alarm:all");
    assert.equal(outputs.actionsEnabled, true);
    assert.deepEqual(outputs.tagsAll, { a: "b" });
    putErrors(1);
    assert.match(
      lines.at(-1) ?? "",
      /^alarm all is ALARM: .*api-errors-1a2b3c4 transitioned to ALARM/,
    );
  });

  it("refuses a composite alarm with a rule that is none", async () => {
    await assert.rejects(create({ alarmName: "all", alarmRule: "ALARM(" }, compositeType), {
      code: "ValidationError",
    });
  });

  it("says that a composite alarm's actions are not suppressed", async () => {
    const actionsSuppressor = { alarm: "a", waitPeriod: 60, extensionPeriod: 60 };
    await create({ alarmName: "all", alarmRule: "TRUE", actionsSuppressor }, compositeType);
    assert.match(lines[0] ?? "", /never evaluated: the suppression of a composite alarm's actions/);
  });
});

/** An expression on one metric. */
function queries(expression: string, of: object = {}) {
  const metric = { namespace: "A", metricName: "B", period: 60, stat: "Sum", ...of };
  return [
    { id: "result", expression, returnData: true },
    { id: "m1", metric },
  ];
}
