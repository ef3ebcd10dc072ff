import assert from "node:assert/strict";
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  GetDashboardCommand,
  GetMetricStatisticsCommand,
  InvalidFormatFault,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  ListMetricsCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { cloudWatchApi } from "../../../aws/cloudwatch/api";
import { CloudWatch } from "../../../aws/cloudwatch/cloudwatch";
import { ApiLab } from "../api/api-lab";
import { signedFetch } from "../api/signed-fetch";

describe("the API of CloudWatch", () => {
  let lab: ApiLab;
  let client: CloudWatchClient;

  before(async () => {
    lab = await ApiLab.start((access) => {
      const publish = () => assert.fail("nothing to publish");
      const clock = () => new Date();
      const cloudWatch = new CloudWatch({ ...access, dataDir: "", clock, publish });
      cloudWatch.putAlarm({
        ...{ name: "errors", namespace: "AWS/Lambda", metricName: "Errors", dimensions: {} },
        ...{ statistic: "Sum", period: 60, evaluationPeriods: 1, threshold: 0 },
        comparisonOperator: "GreaterThanThreshold",
      });
      return cloudWatchApi(access, cloudWatch);
    });
    client = lab.client(CloudWatchClient);
  });

  after(() => lab.stop());

  const statistics = (seconds: number) =>
    new GetMetricStatisticsCommand({
      ...{ Namespace: "AWS/Lambda", MetricName: "Errors", Period: 60, Statistics: ["Sum"] },
      ...{ StartTime: new Date(0), EndTime: new Date(seconds * 1000) },
    });
  const setState = (AlarmName: string, StateReasonData?: string) =>
    new SetAlarmStateCommand({ AlarmName, StateValue: "OK", StateReason: "so", StateReasonData });

  for (const [what, send, error, message] of [
    [
      "too many datapoints",
      () => client.send(statistics(86_400 * 60)),
      InvalidParameterCombinationException,
      "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
    ],
    [
      "a span that ends before it starts",
      () => client.send(statistics(0)),
      InvalidParameterValueException,
      "The parameter StartTime must be less than the parameter EndTime.",
    ],
    ["an alarm that is not there", () => client.send(setState("none")), ResourceNotFound, /none/],
    [
      "data that is no JSON",
      () => client.send(setState("errors", "{")),
      InvalidFormatFault,
      /JSON/,
    ],
    [
      "a dashboard that is not there",
      () => client.send(new GetDashboardCommand({ DashboardName: "none" })),
      // By the code that both have, the SDK finds the error of alarms.
      ResourceNotFound,
      /none/,
    ],
  ] as const) {
    it(`refuses ${what} by the error that SDKs have for it`, async () => {
      await assert.rejects(send, (thrown: Error) => {
        assert.ok(thrown instanceof error, `${thrown.name}: ${thrown.message}`);
        assert.ok(
          typeof message === "string" ? thrown.message === message : message.test(thrown.message),
        );
        return true;
      });
    });
  }

  it("calls errors by their names in JSON, and by their codes in the query protocol", async () => {
    const state = { AlarmName: "errors", StateValue: "INVALID", StateReason: "so" };
    const message =
      "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]";
    const json = (target: string, input: object) =>
      signedFetch(lab, "monitoring", {
        ...{ contentType: "application/x-amz-json-1.0", body: JSON.stringify(input), status: 400 },
        target: `GraniteServiceVersion20100801.${target}`,
      });
    assert.deepEqual(JSON.parse(await json("SetAlarmState", state)), {
      __type: "com.amazon.coral.validate#ValidationException",
      message,
    });
    const spanless = { Namespace: "a", MetricName: "b", Period: 60, Statistics: ["Sum"] };
    const wrong = await json("GetMetricStatistics", { ...spanless, StartTime: 60, EndTime: 0 });
    assert.deepEqual(JSON.parse(wrong), {
      __type: "com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterValueException",
      message: "The parameter StartTime must be less than the parameter EndTime.",
    });
    const xml = await signedFetch(lab, "monitoring", {
      contentType: "application/x-www-form-urlencoded",
      body: new URLSearchParams({ Action: "SetAlarmState", ...state }).toString(),
      status: 400,
    });
    assert.match(xml, /<Code>ValidationError<\/Code>/);
    assert.ok(xml.includes("[INSUFFICIENT_DATA, ALARM, OK]"));
  });

  const metric = { Namespace: "AWS/Lambda", MetricName: "Errors" };
  for (const [asked, name, at] of [
    [
      new DescribeAlarmsCommand({ AlarmNames: Array.from({ length: 101 }, () => "a") }),
      "ValidationException",
      "alarmNames",
    ],
    [new DescribeAlarmsCommand({ AlarmNamePrefix: "" }), "ValidationException", "alarmNamePrefix"],
    [
      new DescribeAlarmsForMetricCommand({ ...metric, Statistic: "sum" as "Sum" }),
      "ValidationException",
      "statistic",
    ],
    [setState("a".repeat(256)), "ValidationException", "alarmName"],
    [new ListMetricsCommand({ Namespace: ":AWS" }), "InvalidParameterValueException", "namespace"],
    [
      new ListMetricsCommand({ Dimensions: [{ Name: "" }] }),
      "InvalidParameterValueException",
      "dimensions.1.member.name",
    ],
  ] as const) {
    it(`refuses ${asked.constructor.name} for its ${at}`, async () => {
      await assert.rejects(client.send(asked as ListMetricsCommand), {
        name,
        message: new RegExp(`^1 validation error detected: Value.* at '${at}' failed to satisfy`),
      });
    });
  }

  it("has no alarms on logs, and knows what they are", async () => {
    const all = await client.send(new DescribeAlarmsCommand({}));
    assert.deepEqual([all.MetricAlarms?.length, all.LogAlarms], [1, []]);
    const ofLogs = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ["LogAlarm"] }));
    assert.deepEqual([ofLogs.MetricAlarms, ofLogs.LogAlarms], [[], []]);
  });

  it("has histories of all kinds, and refuses another", async () => {
    const historyOf = (kind: string) =>
      client.send(new DescribeAlarmHistoryCommand({ HistoryItemType: kind as "Action" }));
    assert.deepEqual((await historyOf("ConfigurationUpdate")).AlarmHistoryItems, []);
    await assert.rejects(historyOf("Update"), {
      name: "ValidationException",
      message: /Value 'Update' at 'historyItemType' failed to satisfy constraint/,
    });
  });
});
