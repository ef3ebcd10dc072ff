import assert from "node:assert/strict";
import type { AlarmDefinition } from "../../../aws/cloudwatch/alarm-definition";
import { WatchedCloud } from "./support/watched-cloud";

const alerts = "arn:aws:sns:us-east-1:123456789012:alerts";
const arn = (name: string) => `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`;
const metric = { namespace: "AWS/Lambda", dimensions: { FunctionName: "upload", Resource: "u" } };

const definition = {
  ...metric,
  name: "upload errors",
  description: "Uploads fail",
  metricName: "Errors",
  statistic: "Sum",
  period: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: 1,
  threshold: 2,
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  treatMissingData: "notBreaching",
  alarmActions: [alerts],
  okActions: [alerts, `${alerts}-2`],
} satisfies AlarmDefinition;

describe("the mail of an alarm", () => {
  let cloud: WatchedCloud;

  beforeEach(() => {
    cloud = new WatchedCloud();
  });

  afterEach(() => cloud.cloudWatch.stop());

  const put = (value: number, name = "Errors") => {
    cloud.cloudWatch.put({ ...metric, name, value });
  };

  it("tells people what has happened, by which condition, and what is watched", () => {
    cloud.cloudWatch.putAlarm(definition);
    put(2);
    const reason =
      "Threshold Crossed: 1 out of the last 3 datapoints [2.0 (15/01/26 10:00:00)] was greater than or " +
      "equal to the threshold (2.0) (minimum 1 datapoint for OK -> ALARM transition)";
    const [mail = ""] = cloud.mails;
    assert.ok(mail.includes(`because "${reason}`), mail);
    assert.deepEqual(
      mail.replaceAll(/Threshold Crossed: .*transition\)[^"\n]*/g, "REASON").split("\n"),
      [
        'You are receiving this email because your Amazon CloudWatch Alarm "upload errors" in the US East (N. Virginia) region has entered the ALARM state, because "REASON" at "Thursday 15 January, 2026 10:00:20 UTC".',
        "",
        "View this alarm in the AWS Management Console:",
        "https://us-east-1.console.aws.amazon.com/cloudwatch/deeplink.js?region=us-east-1#alarmsV2:alarm/upload%20errors",
        "",
        "Alarm Details:",
        "- Name:                       upload errors",
        "- Description:                Uploads fail",
        "- State Change:               INSUFFICIENT_DATA -> ALARM",
        "- Reason for State Change:    REASON",
        "- Timestamp:                  Thursday 15 January, 2026 10:00:20 UTC",
        "- AWS Account:                123456789012",
        `- Alarm Arn:                  ${arn("upload errors")}`,
        "",
        "Threshold:",
        "- The alarm is in the ALARM state when the metric is GreaterThanOrEqualToThreshold 2.0 for at least 1 of the last 3 period(s) of 60 seconds.",
        "",
        "Monitored Metric:",
        "- MetricNamespace:                     AWS/Lambda",
        "- MetricName:                          Errors",
        "- Dimensions:                          [FunctionName = upload], [Resource = u]",
        "- Period:                              60 seconds",
        "- Statistic:                           Sum",
        "- Unit:                                not specified",
        "- TreatMissingData:                    notBreaching",
        "",
        "State Change Actions:",
        `- OK: [${alerts}] [${alerts}-2]`,
        `- ALARM: [${alerts}]`,
        "- INSUFFICIENT_DATA: ",
      ],
    );
  });

  it("names the expression that an alarm on several metrics watches", async () => {
    const [errors, calls] = ["Errors", "Invocations"].map((metricName) => ({
      id: metricName.toLowerCase(),
      metric: { ...metric, metricName, statistic: "Sum" as const, period: 60 },
    }));
    assert.ok(errors && calls);
    const rate = {
      id: "rate",
      label: "Part",
      expression: "errors / invocations",
      returnData: true,
    };
    cloud.cloudWatch.putAlarm({
      name: "rate",
      metrics: [errors, calls, rate],
      evaluationPeriods: 1,
      threshold: 0.5,
      comparisonOperator: "GreaterThanThreshold",
      alarmActions: [alerts],
    });
    put(1);
    put(1, "Invocations");
    await cloud.afterMinutes(1);
    assert.match(
      cloud.mails[0] ?? "",
      /GreaterThanThreshold 0\.5 for at least 1 of the last 1 period\(s\) of 60 seconds\.\n\nMonitored Metrics:\n- MetricExpression: {20}errors \/ invocations\n- MetricLabel: {25}Part\n\nState Change/,
    );
  });

  it("names the rule of a composite alarm, and the child that has changed it", () => {
    cloud.cloudWatch.putAlarm({ ...definition, name: "errors", alarmActions: [] });
    cloud.cloudWatch.putCompositeAlarm({
      name: "all",
      rule: "ALARM(errors)",
      alarmActions: [alerts],
    });
    put(2);
    const [mail = ""] = cloud.mails;
    const time = "Thursday 15 January, 2026 10:00:20 UTC";
    assert.match(
      mail,
      new RegExp(
        `"all" in the US East \\(N. Virginia\\) region has transitioned to ALARM state on ${time}, because "${arn("errors")} transitioned to ALARM at ${time}"\\.`,
      ),
    );
    assert.match(mail, /\n- State Change: {15}OK -> ALARM\n- Alarm Rule: {17}ALARM\(errors\)\n/);
    assert.ok(
      mail.includes(`\n\nTriggering children (max. 10):\n- ${arn("errors")}   ALARM   ${time}\n\n`),
      mail,
    );
  });
});
