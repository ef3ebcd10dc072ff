import assert from "node:assert/strict";
import {
  type AlarmDefinition,
  alarmArgs,
  compositeArgs,
  functionThrottleAlarms,
  functionUrlAlarms,
  queueAlarms,
  scanAlarms,
  stageAlarms,
  tableThrottleAlarms,
} from "../../../components/operations/alarms";
import { outputValue } from "../../support/pulumi";

/** The one alarm that there is, without its description. */
function only([definition, ...more]: readonly AlarmDefinition[]) {
  assert.ok(definition);
  assert.deepEqual(more, []);
  const { alarmDescription, comparisonOperator, treatMissingData, ...args } = alarmArgs(definition);
  const { suffix, meaning, lookAt } = definition;
  assert.equal(alarmDescription, `${meaning} ${lookAt} Runbook: docs/runbooks/${suffix}.md`);
  assert.equal(comparisonOperator, "GreaterThanOrEqualToThreshold");
  assert.equal(treatMissingData, "notBreaching");
  return { suffix, ...args };
}

const stillGoingOn = { evaluationPeriods: 12, datapointsToAlarm: 3, threshold: 1 };

describe("stageAlarms", () => {
  const dimensions = { ApiName: "darkroom-test", Stage: "v1" };
  const [errors, failures, latency, ...more] = stageAlarms("darkroom", "darkroom-test", "v1");

  it("are three, on metrics that a stage has without detailed metrics", () => {
    assert.deepEqual(more, []);
  });

  it("watch the part of requests that fail, of ten a minute and more", () => {
    const metric = { namespace: "AWS/ApiGateway", dimensions, period: 60, stat: "Sum" };
    assert.ok(errors);
    assert.deepEqual(only([errors]), {
      suffix: "api-errors",
      metricQueries: [
        {
          id: "watched",
          expression: "IF(requests >= 10, 100 * errors / requests, 0)",
          returnData: true,
        },
        { id: "errors", metric: { ...metric, metricName: "5XXError" } },
        { id: "requests", metric: { ...metric, metricName: "Count" } },
      ],
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: 5,
    });
  });

  it("say where the access log is, and the logs of the functions", () => {
    assert.equal(
      errors?.lookAt,
      "The access log (/aws/apigateway/darkroom) tells which routes; " +
        "errors are in the log group /aws/lambda/darkroom-<operation>-*.",
    );
  });

  it("watch for requests that fail time and again, however few", () => {
    assert.ok(failures);
    assert.deepEqual(only([failures]), {
      suffix: "api-failures",
      namespace: "AWS/ApiGateway",
      metricName: "5XXError",
      dimensions,
      statistic: "Sum",
      period: 300,
      ...stillGoingOn,
    });
  });

  it("watch the slowest of a hundred requests, against what API Gateway waits for", () => {
    assert.ok(latency);
    assert.deepEqual(only([latency]), {
      suffix: "api-latency",
      namespace: "AWS/ApiGateway",
      metricName: "Latency",
      dimensions,
      extendedStatistic: "p99",
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: 23_200,
    });
  });
});

describe("functionUrlAlarms", () => {
  it("watch the failed requests of a URL, which are not all errors of the function", () => {
    assert.deepEqual(only(functionUrlAlarms("darkroom", "render-image", "render-1")), {
      suffix: "render-image-errors",
      namespace: "AWS/Lambda",
      metricName: "Url5xxCount",
      dimensions: { FunctionName: "render-1" },
      statistic: "Sum",
      period: 300,
      ...stillGoingOn,
    });
  });
});

/** A metric of a sum. */
function summed(id: string, namespace: string, metricName: string, dimensions: object) {
  return { id, metric: { namespace, metricName, dimensions, period: 300, stat: "Sum" } };
}

const sum = { id: "watched", expression: "SUM(METRICS())", returnData: true };

describe("functionThrottleAlarms", () => {
  it("are one for all functions", () => {
    const alarms = functionThrottleAlarms({
      "sweep-images": { name: "sweep-1" },
      "render-image": { name: "render-1" },
    });
    assert.deepEqual(only(alarms), {
      suffix: "function-throttles",
      metricQueries: [
        sum,
        summed("sweepImages", "AWS/Lambda", "Throttles", { FunctionName: "sweep-1" }),
        summed("renderImage", "AWS/Lambda", "Throttles", { FunctionName: "render-1" }),
      ],
      ...stillGoingOn,
    });
  });
});

describe("tableThrottleAlarms", () => {
  it("are one for writes of all tables, and reads of those with a capacity of their own", () => {
    const alarms = tableThrottleAlarms({
      "image-tags": { table: { name: "tags-1" } },
      records: { table: { name: "records-1" }, isProvisioned: true },
    });
    const [tags, records] = [{ TableName: "tags-1" }, { TableName: "records-1" }];
    assert.deepEqual(only(alarms), {
      suffix: "table-throttles",
      metricQueries: [
        sum,
        summed("imageTagsWrite", "AWS/DynamoDB", "WriteThrottleEvents", tags),
        summed("recordsWrite", "AWS/DynamoDB", "WriteThrottleEvents", records),
        summed("recordsRead", "AWS/DynamoDB", "ReadThrottleEvents", records),
      ],
      ...stillGoingOn,
    });
  });
});

describe("queueAlarms", () => {
  it("watch for a message, of which every minute counts the same ones again", () => {
    const alarms = queueAlarms("failures", "failures-1");
    assert.deepEqual(only(alarms), {
      suffix: "failures-messages",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "failures-1" },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      threshold: 1,
    });
    assert.equal(alarms[0]?.lasts, true);
  });
});

describe("alarmArgs", () => {
  it("end their description with the address of the runbook, where the repository's is known", () => {
    const [errors] = stageAlarms("darkroom", "api", "v1");
    assert.ok(errors);
    const { alarmDescription } = alarmArgs(errors, "https://github.com/acme/darkroom");
    assert.equal(
      alarmDescription,
      `${errors.meaning} ${errors.lookAt} ` +
        "Runbook: https://github.com/acme/darkroom/blob/HEAD/docs/runbooks/api-errors.md",
    );
  });
});

describe("compositeArgs", () => {
  const definitions = stageAlarms("darkroom", "api", "v1").slice(0, 2);

  it("are on while one of the alarms is, and say of each where its runbook is", async () => {
    const { alarmRule, alarmDescription } = compositeArgs(definitions, ["errors-1", "failures-1"]);
    assert.equal(await outputValue(alarmRule), 'ALARM("errors-1") OR ALARM("failures-1")');
    assert.equal(
      alarmDescription,
      "Something is wrong. TriggeringChildren says what:\n" +
        "api-errors: docs/runbooks/api-errors.md\napi-failures: docs/runbooks/api-failures.md",
    );
  });

  it("link to each, where the repository's address is known", () => {
    const { alarmDescription } = compositeArgs(definitions, [], "https://github.com/acme/darkroom");
    const base = "https://github.com/acme/darkroom/blob/HEAD/docs/runbooks";
    assert.equal(
      alarmDescription,
      "Something is wrong. TriggeringChildren says what:\n" +
        `api-errors: ${base}/api-errors.md\napi-failures: ${base}/api-failures.md`,
    );
  });

  it("link to the list of runbooks where the addresses of all are more than a description may have", () => {
    const many = Array.from({ length: 20 }, () => definitions).flat();
    const { alarmDescription } = compositeArgs(many, [], "https://github.com/acme/darkroom");
    assert.equal(
      alarmDescription,
      "Something is wrong. TriggeringChildren says what, and the runbooks what to do: " +
        "https://github.com/acme/darkroom/blob/HEAD/docs/runbooks/README.md",
    );
  });
});

describe("scanAlarms", () => {
  it("watch for uploads that GuardDuty fails to scan, or skips, time and again", () => {
    const dimensions = { "Malware Protection Plan Id": "plan", "Resource Name": "images" };
    const namespace = "AWS/GuardDuty/MalwareProtection";
    const metric = { namespace, dimensions, period: 300, stat: "Sum" };
    assert.deepEqual(only(scanAlarms({ planId: "plan", bucketName: "images" })), {
      suffix: "scan-failures",
      metricQueries: [
        { id: "watched", expression: "SUM(METRICS())", returnData: true },
        { id: "failed", metric: { ...metric, metricName: "FailedScanCount" } },
        { id: "skipped", metric: { ...metric, metricName: "SkippedScanCount" } },
      ],
      ...stillGoingOn,
    });
  });
});
