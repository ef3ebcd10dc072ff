import assert from "node:assert/strict";
import type { AlarmDefinition } from "../../../aws/cloudwatch/alarm-definition";
import { WatchedCloud } from "./support/watched-cloud";

const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;

function child(name: string): AlarmDefinition {
  return {
    name,
    namespace: "AWS/Lambda",
    metricName: "Errors",
    dimensions: { FunctionName: name },
    statistic: "Sum",
    period: 60,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "notBreaching",
  };
}

const composite = {
  name: "all",
  description: "Something fails",
  rule: "ALARM(one) OR ALARM(two)",
  alarmActions: [topicArn],
};

describe("a composite alarm", () => {
  let cloud: WatchedCloud;

  beforeEach(() => {
    cloud = new WatchedCloud();
    cloud.cloudWatch.putAlarm(child("one"));
    cloud.cloudWatch.putAlarm(child("two"));
  });

  afterEach(() => cloud.cloudWatch.stop());

  const fail = (name: string) => {
    cloud.cloudWatch.put({
      namespace: "AWS/Lambda",
      name: "Errors",
      dimensions: { FunctionName: name },
      value: 1,
    });
  };
  const state = () => cloud.cloudWatch.composites()[0]?.state;

  it("has a state as soon as it is there, whatever data its children have", () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    assert.deepEqual(state(), {
      value: "OK",
      reason: `${arn("all")} was created and its alarm rule evaluates to OK`,
      reasonData: '{"triggeringAlarms":[]}',
      at: cloud.now,
    });
    assert.deepEqual(cloud.lines, [], "a new alarm that finds nothing wrong is no news");
  });

  it("takes a child without data for one that is not in ALARM", () => {
    cloud.cloudWatch.putCompositeAlarm({ ...composite, rule: "INSUFFICIENT_DATA(one)" });
    assert.equal(state()?.value, "ALARM");
    cloud.cloudWatch.putCompositeAlarm({ ...composite, rule: "OK(one) OR ALARM(one)" });
    assert.equal(state()?.value, "OK");
  });

  it("publishes in the words of AWS which child triggered it", () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    fail("two");
    assert.equal(cloud.published.length, 1);
    const [publication] = cloud.published;
    assert.equal(publication?.sourceArn, arn("all"));
    assert.equal(publication.subject, 'ALARM: "all" in US East (N. Virginia)');
    const time = "2026-01-15T10:00:20.000+0000";
    assert.deepEqual(cloud.documents[0], {
      AlarmName: "all",
      AlarmDescription: "Something fails",
      AWSAccountId: "123456789012",
      ActionExecutedAfterMuteWindow: false,
      AlarmConfigurationUpdatedTimestamp: "2026-01-15T10:00:20.000+0000",
      NewStateValue: "ALARM",
      NewStateReason: `${arn("two")} transitioned to ALARM at Thursday 15 January, 2026 10:00:20 UTC`,
      StateChangeTime: time,
      Region: "US East (N. Virginia)",
      AlarmArn: arn("all"),
      OldStateValue: "OK",
      OKActions: [],
      AlarmActions: [topicArn],
      InsufficientDataActions: [],
      AlarmRule: "ALARM(one) OR ALARM(two)",
      TriggeringChildren: [{ Arn: arn("two"), State: { Value: "ALARM", Timestamp: time } }],
    });
  });

  it("publishes once while several children are in ALARM, and again when they were not in between", async () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    fail("one");
    fail("two");
    assert.equal(cloud.published.length, 1);
    await cloud.afterMinutes(4);
    assert.deepEqual(cloud.statesOf("all"), ["ALARM", "OK"]);
    fail("two");
    assert.equal(cloud.published.length, 2);
  });

  it("does not act when its actions are switched off", () => {
    cloud.cloudWatch.putCompositeAlarm({ ...composite, actionsEnabled: false });
    fail("one");
    assert.deepEqual(cloud.published, []);
    assert.deepEqual(cloud.statesOf("all"), ["ALARM"]);
  });

  it("follows composite alarms, by name or ARN, and a state that was set", () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    cloud.cloudWatch.putCompositeAlarm({ name: "top", rule: `NOT OK("${arn("all")}")` });
    cloud.cloudWatch.setAlarmState("one", "ALARM", "drill");
    assert.deepEqual(cloud.statesOf("top"), ["ALARM"]);
    cloud.cloudWatch.setAlarmState("one", "OK", "over");
    assert.deepEqual(cloud.statesOf("top"), ["ALARM", "OK"]);
  });

  it("stops where alarms depend on each other in a circle", () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    cloud.cloudWatch.putCompositeAlarm({ name: "top", rule: "ALARM(all)" });
    cloud.cloudWatch.putCompositeAlarm({ ...composite, rule: "ALARM(one) AND NOT ALARM(top)" });
    fail("one");
    assert.deepEqual(cloud.statesOf("top"), ["ALARM"]);
  });

  it("is refused with a child that is not there, and with the name of another kind of alarm", () => {
    const put = (change: object) => () => {
      cloud.cloudWatch.putCompositeAlarm({ ...composite, ...change });
    };
    const refusal = { code: "ValidationError" };
    assert.throws(put({ rule: "ALARM(three)" }), refusal);
    assert.throws(put({ name: "one" }), refusal);
    assert.throws(put({ alarmActions: ["arn:aws:s3:::b"] }), refusal);
    put({})();
    assert.throws(() => {
      cloud.cloudWatch.putAlarm(child("all"));
    }, refusal);
  });

  it("keeps its children from being deleted, and can be deleted before them", () => {
    cloud.cloudWatch.putCompositeAlarm(composite);
    assert.throws(
      () => {
        cloud.cloudWatch.deleteAlarm("one");
      },
      { code: "ValidationError", message: /depending on it: all/ },
    );
    cloud.cloudWatch.deleteAlarm("all");
    cloud.cloudWatch.deleteAlarm("one");
    assert.deepEqual(
      cloud.cloudWatch.alarms().map(({ definition }) => definition.name),
      ["two"],
    );
  });
});

describe("an alarm on an expression", () => {
  const metric = (id: string, metricName: string) => ({
    id,
    metric: {
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { ApiName: "api" },
      statistic: "Sum" as const,
      period: 60,
    },
  });
  const rate = {
    name: "rate",
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    threshold: 50,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "notBreaching",
    alarmActions: [topicArn],
    metrics: [
      { id: "rate", expression: "100 * errors / requests", label: "Failed", returnData: true },
      metric("errors", "5XXError"),
      metric("requests", "Count"),
    ],
  } satisfies AlarmDefinition;
  let cloud: WatchedCloud;

  beforeEach(() => {
    cloud = new WatchedCloud();
    cloud.cloudWatch.putAlarm(rate);
  });

  const request = (failed: boolean) => {
    const [namespace, dimensions] = ["AWS/ApiGateway", { ApiName: "api" }];
    cloud.cloudWatch.put({ namespace, name: "Count", dimensions, value: 1 });
    cloud.cloudWatch.put({ namespace, name: "5XXError", dimensions, value: Number(failed) });
  };

  it("needs M of N values of what the metrics make, each known at its period's end", async () => {
    request(true);
    request(false);
    assert.deepEqual(cloud.statesOf("rate"), []);
    await cloud.afterMinutes(1);
    request(true);
    request(false);
    request(false);
    await cloud.afterMinutes(1);
    assert.deepEqual(cloud.statesOf("rate"), [], "one of three was above");
    request(true);
    await cloud.afterMinutes(1);
    assert.deepEqual(cloud.statesOf("rate"), ["ALARM"]);
    assert.match(
      cloud.lines.at(-1) ?? "",
      /2 out of the last 3 datapoints \[100\.0 \(15\/01\/26 10:02:00\), 50\.0 \(15\/01\/26 10:00:00\)\] were/,
    );
    await cloud.afterMinutes(5);
    assert.deepEqual(cloud.statesOf("rate"), ["ALARM", "OK"]);
  });

  it("publishes its metrics and the expression", async () => {
    request(true);
    await cloud.afterMinutes(1);
    request(true);
    await cloud.afterMinutes(1);
    const { Trigger } = cloud.documents[0] ?? {};
    const stat = (name: string) => ({
      Metric: {
        MetricName: name,
        Namespace: "AWS/ApiGateway",
        Dimensions: [{ value: "api", name: "ApiName" }],
      },
      Period: 60,
      Stat: "Sum",
    });
    assert.deepEqual(Trigger, {
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: 50,
      TreatMissingData: "notBreaching",
      EvaluateLowSampleCountPercentile: "",
      Metrics: [
        {
          Expression: "100 * errors / requests",
          Id: "rate",
          Label: "Failed",
          ReturnData: true,
        },
        { Id: "errors", MetricStat: stat("5XXError"), ReturnData: false },
        { Id: "requests", MetricStat: stat("Count"), ReturnData: false },
      ],
    });
  });

  const refused: [string, AlarmDefinition["metrics"]][] = [
    ["no element that returns data", rate.metrics.map((one) => ({ ...one, returnData: false }))],
    ["two that do", rate.metrics.map((one) => ({ ...one, returnData: true }))],
    ["no metric", [{ id: "one", expression: "TIME_SERIES(1)", returnData: true }]],
    ["an id that begins with a capital", [{ ...metric("One", "Count"), returnData: true }]],
    ["an id twice", [...rate.metrics, metric("errors", "Count")]],
    [
      "an expression that is none",
      [{ id: "rate", expression: "100 *", returnData: true }, metric("m", "C")],
    ],
    [
      "metrics of different periods",
      rate.metrics.map((one) =>
        one.id === "errors"
          ? { id: "errors", metric: { ...metric("e", "E").metric, period: 300 } }
          : one,
      ),
    ],
    [
      "eleven metrics",
      [
        { id: "sum", expression: "SUM(METRICS())", returnData: true },
        ...Array.from({ length: 11 }, (_, index) => metric(`m${index}`, "Count")),
      ],
    ],
  ];
  for (const [what, metrics] of refused) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => {
          cloud.cloudWatch.putAlarm({ ...rate, metrics } as AlarmDefinition);
        },
        { code: "ValidationError" },
      );
    });
  }
});
