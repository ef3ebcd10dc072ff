import assert from "node:assert/strict";
import type { AlarmDefinition } from "../../../aws/cloudwatch/alarm-definition";
import { WatchedCloud } from "./support/watched-cloud";

const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";

const definition = {
  name: "upload-errors",
  description: "Uploads fail",
  namespace: "AWS/Lambda",
  metricName: "Errors",
  dimensions: { FunctionName: "upload" },
  statistic: "Sum",
  period: 60,
  evaluationPeriods: 1,
  threshold: 0,
  comparisonOperator: "GreaterThanThreshold",
  treatMissingData: "notBreaching",
  alarmActions: [topicArn],
  okActions: [topicArn],
} satisfies AlarmDefinition;

describe("CloudWatch", () => {
  let cloud: WatchedCloud;

  beforeEach(() => {
    cloud = new WatchedCloud();
  });

  afterEach(() => cloud.cloudWatch.stop());

  const put = (value: number, dimensions: Record<string, string> = { FunctionName: "upload" }) => {
    cloud.cloudWatch.put({ namespace: "AWS/Lambda", name: "Errors", dimensions, value });
  };

  it("raises the alarm as soon as a datum breaches the threshold", () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    assert.deepEqual(cloud.lines, [
      "alarm upload-errors is ALARM: Threshold Crossed: 1 datapoint " +
        "[1.0 (15/01/26 10:00:00)] was greater than the threshold (0.0).",
    ]);
  });

  it("counts a datum for the period that it was measured in, and not for that of now", async () => {
    cloud.cloudWatch.putAlarm({ ...definition, treatMissingData: "missing" });
    const datum = { namespace: "AWS/Lambda", name: "Errors", dimensions: definition.dimensions };
    const [hourAgo, minuteAgo] = [cloud.now.getTime() - 3_600_000, cloud.now.getTime() - 60_000];
    cloud.cloudWatch.put({ ...datum, value: 1, at: hourAgo });
    await cloud.cloudWatch.evaluate();
    assert.deepEqual(cloud.lines, []);
    cloud.cloudWatch.put({ ...datum, value: 1, at: minuteAgo });
    await cloud.cloudWatch.evaluate();
    assert.match(cloud.lines.join(), /1\.0 \(15\/01\/26 09:59:00\)/);
    const { minutes } = cloud.cloudWatch.metrics.find(datum) ?? {};
    const minuteOf = (at: number) => Math.floor(at / 60_000) * 60_000;
    assert.deepEqual([...(minutes?.keys() ?? [])], [minuteOf(hourAgo), minuteOf(minuteAgo)]);
  });

  it("publishes the change in the words of AWS", () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    const [publication] = cloud.published;
    assert.ok(publication);
    assert.equal(publication.topicArn, topicArn);
    assert.deepEqual(publication.principal, {
      kind: "service",
      service: "cloudwatch.amazonaws.com",
    });
    assert.equal(
      publication.sourceArn,
      "arn:aws:cloudwatch:us-east-1:123456789012:alarm:upload-errors",
    );
    assert.equal(publication.subject, 'ALARM: "upload-errors" in US East (N. Virginia)');
    assert.equal(publication.messageStructure, "json");
    assert.deepEqual(cloud.documents[0], {
      AlarmName: "upload-errors",
      AlarmDescription: "Uploads fail",
      AWSAccountId: "123456789012",
      ActionExecutedAfterMuteWindow: false,
      AlarmConfigurationUpdatedTimestamp: "2026-01-15T10:00:20.000+0000",
      NewStateValue: "ALARM",
      NewStateReason:
        "Threshold Crossed: 1 datapoint [1.0 (15/01/26 10:00:00)] was " +
        "greater than the threshold (0.0).",
      StateChangeTime: "2026-01-15T10:00:20.000+0000",
      Region: "US East (N. Virginia)",
      AlarmArn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:upload-errors",
      OldStateValue: "INSUFFICIENT_DATA",
      OKActions: [topicArn],
      AlarmActions: [topicArn],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: "Errors",
        Namespace: "AWS/Lambda",
        StatisticType: "Statistic",
        Statistic: "SUM",
        Unit: null,
        Dimensions: [{ name: "FunctionName", value: "upload" }],
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: "GreaterThanThreshold",
        Threshold: 0,
        TreatMissingData: "notBreaching",
        EvaluateLowSampleCountPercentile: "",
      },
    });
  });

  it("tells how many of how many datapoints make the alarm, where that was said", async () => {
    cloud.cloudWatch.putAlarm({ ...definition, datapointsToAlarm: 1 });
    put(1);
    await cloud.afterMinutes(1);
    put(0);
    await cloud.afterMinutes(1);
    const told = cloud.documents.map(({ NewStateReason, Trigger }) => [
      NewStateReason,
      (Trigger as { DatapointsToAlarm?: number }).DatapointsToAlarm,
    ]);
    assert.deepEqual(told, [
      [
        "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (15/01/26 10:00:00)] was greater " +
          "than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).",
        1,
      ],
      [
        "Threshold Crossed: 1 out of the last 1 datapoints [0.0 (15/01/26 10:01:00)] was not greater " +
          "than the threshold (0.0) (minimum 1 datapoint for ALARM -> OK transition).",
        1,
      ],
    ]);
  });

  it("keeps what a change came from as data", async () => {
    cloud.cloudWatch.putAlarm({ ...definition, evaluationPeriods: 3, datapointsToAlarm: 2 });
    const dataOf = () =>
      JSON.parse(cloud.cloudWatch.alarms()[0]?.state.reasonData ?? "null") as unknown;
    put(1);
    put(2);
    await cloud.afterMinutes(2);
    put(4);
    assert.deepEqual(dataOf(), {
      version: "1.0",
      queryDate: "2026-01-15T10:02:20.000+0000",
      startDate: "2026-01-15T10:00:00.000+0000",
      statistic: "Sum",
      period: 60,
      recentDatapoints: [3, 4],
      threshold: 0,
      evaluatedDatapoints: [
        { timestamp: "2026-01-15T10:02:00.000+0000", sampleCount: 1, value: 4 },
        { timestamp: "2026-01-15T10:01:00.000+0000" },
        { timestamp: "2026-01-15T10:00:00.000+0000", sampleCount: 2, value: 3 },
      ],
    });
  });

  it("cuts a subject at the 100 characters that SNS takes", () => {
    cloud.cloudWatch.putAlarm({ ...definition, name: "a".repeat(120) });
    put(1);
    assert.equal(cloud.published[0]?.subject.length, 100);
  });

  it("notifies once, however many data breach", () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    put(1);
    assert.equal(cloud.published.length, 1);
  });

  it("is OK again when no more real datapoint breaches", async () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    await cloud.afterMinutes(1);
    put(0);
    await cloud.afterMinutes(1);
    assert.deepEqual(cloud.states, ["ALARM", "OK"]);
    assert.match(
      cloud.lines[1] ?? "",
      /is OK: Threshold Crossed: 1 datapoint \[0\.0 .*\] was not greater than the threshold \(0\.0\)\.$/,
    );
  });

  it("is OK again when data stays away and counts as not breaching", async () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    await cloud.afterMinutes(10);
    assert.match(
      cloud.lines[1] ?? "",
      /is OK: Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as \[NonBreaching\]\./,
    );
  });

  it("has insufficient data when missing data is missing", async () => {
    cloud.cloudWatch.putAlarm({
      ...definition,
      treatMissingData: "missing",
      insufficientDataActions: [topicArn],
    });
    put(1);
    await cloud.afterMinutes(10);
    assert.deepEqual(cloud.states, ["ALARM", "INSUFFICIENT_DATA"]);
    assert.match(cloud.lines[1] ?? "", /Insufficient Data: 1 datapoint was unknown\./);
    assert.equal(cloud.published.length, 2);
  });

  it("matches dimensions exactly", () => {
    cloud.cloudWatch.putAlarm(definition);
    put(1, {});
    put(1, { FunctionName: "list" });
    put(1, { FunctionName: "upload", Resource: "upload:live" });
    assert.deepEqual(cloud.states, []);
  });

  it("matches dimensions in whichever order they are named", () => {
    const dimensions = { FunctionName: "upload", Resource: "upload:live" };
    cloud.cloudWatch.putAlarm({ ...definition, dimensions });
    put(1, { Resource: "upload:live", FunctionName: "upload" });
    assert.deepEqual(cloud.states, ["ALARM"]);
    const metric = { namespace: "AWS/Lambda", name: "Errors", dimensions };
    assert.equal(cloud.cloudWatch.metrics.find(metric)?.minutes.size, 1);
  });

  it("needs M of N datapoints", async () => {
    cloud.cloudWatch.putAlarm({ ...definition, evaluationPeriods: 3, datapointsToAlarm: 2 });
    put(1);
    await cloud.afterMinutes(1);
    put(0);
    await cloud.afterMinutes(1);
    assert.ok(!cloud.states.includes("ALARM"));
    put(4);
    assert.equal(cloud.states.at(-1), "ALARM");
    assert.match(
      cloud.lines.at(-1) ?? "",
      /2 out of the last 3 datapoints \[4\.0 .*, 1\.0 .*\] were/,
    );
  });

  it("waits for the period's end when more data may still change the verdict", async () => {
    cloud.cloudWatch.putAlarm({
      ...definition,
      comparisonOperator: "LessThanThreshold",
      threshold: 2,
      treatMissingData: "ignore",
    });
    put(1);
    assert.deepEqual(cloud.states, []);
    put(1);
    await cloud.afterMinutes(1);
    assert.deepEqual(
      cloud.published.map(({ subject }) => subject),
      ['OK: "upload-errors" in US East (N. Virginia)'],
    );
    assert.deepEqual(cloud.lines, [], "a new alarm that finds nothing wrong is no news");
  });

  it("takes a percentile over the values of a period", async () => {
    const { statistic, ...others } = definition;
    assert.equal(statistic, "Sum");
    cloud.cloudWatch.putAlarm({ ...others, extendedStatistic: "p90", threshold: 8 });
    for (let value = 1; value <= 10; value++) {
      put(value);
    }
    await cloud.afterMinutes(1);
    assert.match(cloud.lines.at(-1) ?? "", /is ALARM: .*\[9\.0 /);
  });

  it("keeps quiet when actions are switched off, but still says so", () => {
    cloud.cloudWatch.putAlarm({ ...definition, actionsEnabled: false });
    put(1);
    assert.deepEqual(cloud.published, []);
    assert.deepEqual(cloud.states, ["ALARM"]);
  });

  it("says when the topic refuses a notification", async () => {
    cloud.answer = () => Promise.reject(new Error("not authorized"));
    cloud.cloudWatch.putAlarm(definition);
    put(1);
    await cloud.cloudWatch.stop();
    assert.equal(
      cloud.lines[1],
      `alarm upload-errors could not notify ${topicArn}: not authorized`,
    );
  });

  it("evaluates at the period's end by itself, until it is stopped", async () => {
    cloud.now = new Date("2026-01-15T10:00:59.990Z");
    const changed = new Promise<string>((resolve) => {
      cloud.answer = ({ subject }) => {
        resolve(subject);
        void cloud.cloudWatch.stop();
        return Promise.resolve();
      };
    });
    await cloud.cloudWatch.start();
    cloud.cloudWatch.putAlarm(definition);
    const keepAlive = setInterval(() => undefined, 1000);
    assert.match(await changed, /^OK: /);
    clearInterval(keepAlive);
  });

  it("records an alarm of a kind that it cannot evaluate", () => {
    cloud.cloudWatch.recordAlarm("band", "anomaly detection");
    assert.deepEqual(cloud.lines, [
      "alarm band is recorded, but never evaluated: anomaly detection is not emulated",
    ]);
  });

  it("evaluates a percentile at the period's end, not at each datum", async () => {
    const { statistic, ...others } = definition;
    assert.equal(statistic, "Sum");
    cloud.cloudWatch.putAlarm({ ...others, extendedStatistic: "p99", threshold: 5 });
    put(9);
    assert.deepEqual(cloud.states, []);
    await cloud.afterMinutes(1);
    assert.deepEqual(cloud.states, ["ALARM"]);
  });

  const refused: [string, Partial<AlarmDefinition>][] = [
    ["a period of 45 s", { period: 45 }],
    ["no evaluation period", { evaluationPeriods: 0 }],
    ["more datapoints than periods", { datapointsToAlarm: 2 }],
    ["two statistics", { extendedStatistic: "p99" }],
    ["a range of more than a day", { evaluationPeriods: 2000 }],
    ["an unknown operator", { comparisonOperator: "Above" as "LessThanThreshold" }],
    ["an unknown treatment of missing data", { treatMissingData: "zero" as "ignore" }],
  ];
  for (const [what, change] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => {
          cloud.cloudWatch.putAlarm({ ...definition, ...change });
        },
        {
          name: "AwsError",
          code: "ValidationError",
        },
      );
    });
  }

  const expressions: [string, string, RegExp][] = [
    ["that search for metrics", "SUM(SEARCH('', 'Sum'))", /no function SEARCH for alarms/],
    ["that make a number", "SUM(m1)", /a time series is needed/],
  ];
  for (const [what, expression, message] of expressions) {
    it(`refuses expressions ${what}`, () => {
      const { threshold, comparisonOperator, evaluationPeriods, name } = definition;
      const source = { namespace: "A", metricName: "B", dimensions: {}, period: 60 };
      const metrics = [
        { id: "m1", metric: { ...source, statistic: "Sum" as const } },
        { id: "e1", expression, returnData: true },
      ];
      assert.throws(
        () => {
          const condition = { threshold, comparisonOperator, evaluationPeriods };
          cloud.cloudWatch.putAlarm({ name, ...condition, metrics });
        },
        { code: "ValidationError", message },
      );
    });
  }
});
