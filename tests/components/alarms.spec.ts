import assert from "node:assert/strict";
import {
  alarmArgs,
  functionAlarms,
  queueAlarms,
  stageAlarms,
  tableAlarms,
} from "../../components/alarms";

describe("functionAlarms", () => {
  it("watch errors and throttles", () => {
    const watched = functionAlarms("get-image", "get-image-1").map(
      ({ suffix, namespace, metric, dimensions }) => ({ suffix, namespace, metric, dimensions }),
    );
    const common = { namespace: "AWS/Lambda", dimensions: { FunctionName: "get-image-1" } };
    assert.deepEqual(watched, [
      { ...common, suffix: "get-image-errors", metric: "Errors" },
      { ...common, suffix: "get-image-throttles", metric: "Throttles" },
    ]);
  });
});

describe("stageAlarms", () => {
  it("watch 5xx answers, which functions that catch their exceptions do not count as errors", () => {
    const [alarm, ...more] = stageAlarms("darkroom-test", "v1");
    assert.deepEqual(more, []);
    assert.equal(alarm?.namespace, "AWS/ApiGateway");
    assert.equal(alarm.metric, "5XXError");
    assert.deepEqual(alarm.dimensions, { ApiName: "darkroom-test", Stage: "v1" });
  });
});

describe("tableAlarms", () => {
  it("watch reads and writes of the table and of each index, by metrics with these dimensions", () => {
    const watched = tableAlarms("images", "images-1", ["UserIndex"]).map(
      ({ suffix, namespace, metric, dimensions }) => [suffix, namespace, metric, dimensions],
    );
    const table = { TableName: "images-1" };
    const index = { TableName: "images-1", GlobalSecondaryIndexName: "UserIndex" };
    const namespace = "AWS/DynamoDB";
    assert.deepEqual(watched, [
      ["images-read-throttles", namespace, "ReadThrottleEvents", table],
      ["images-write-throttles", namespace, "WriteThrottleEvents", table],
      ["images-UserIndex-read-throttles", namespace, "ReadThrottleEvents", index],
      ["images-UserIndex-write-throttles", namespace, "WriteThrottleEvents", index],
    ]);
  });
});

describe("queueAlarms", () => {
  it("watch for a message, of which every minute counts the same ones again", () => {
    const [alarm, ...more] = queueAlarms("failures", "failures-1");
    assert.deepEqual(more, []);
    assert.ok(alarm);
    const { namespace, metricName, dimensions, statistic, threshold } = alarmArgs(alarm, "arn:t");
    assert.deepEqual(
      { namespace, metricName, dimensions, statistic, threshold },
      {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: "failures-1" },
        statistic: "Maximum",
        threshold: 1,
      },
    );
  });
});

describe("alarmArgs", () => {
  it("fires at one event in a minute, and takes silence for health", () => {
    const [definition] = functionAlarms("get-image", "get-image-1");
    assert.ok(definition);
    assert.deepEqual(alarmArgs(definition, "arn:topic"), {
      alarmDescription: "get-image failed: it threw, timed out or crashed.",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: "get-image-1" },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: ["arn:topic"],
    });
  });
});
