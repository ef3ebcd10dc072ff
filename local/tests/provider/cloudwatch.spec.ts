import assert from "node:assert/strict";
import { CloudWatch } from "../../aws/cloudwatch/cloudwatch";
import { cloudwatchResources } from "../../provider/cloudwatch";
import type { Properties, ResourceState } from "../../provider/resource";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
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

  beforeEach(() => {
    lines = [];
    cloudWatch = new CloudWatch({
      account,
      dataDir: "",
      notify: (line) => lines.push(line),
      clock: () => new Date("2026-01-15T10:00:00Z"),
      publish: () => Promise.resolve(),
    });
  });

  const create = (properties: Properties): Promise<ResourceState> => {
    return createPlanned(cloudwatchResources(cloudWatch, account), {
      type,
      name: "api-errors",
      urn: `urn:pulumi:local::darkroom::${type}::api-errors`,
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

  it("says that metric math is not emulated", async () => {
    await create({ evaluationPeriods: 1, metricQueries: [{ id: "m1", expression: "m2 + m3" }] });
    assert.match(lines[0] ?? "", /never evaluated: metric math is not emulated/);
  });
});
