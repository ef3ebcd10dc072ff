import assert from "node:assert/strict";
import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { cloudWatchApi } from "../../../aws/cloudwatch/api";
import { CloudWatch } from "../../../aws/cloudwatch/cloudwatch";
import { ApiLab } from "../api/api-lab";
import { signedFetch } from "../api/signed-fetch";

const now = new Date("2026-01-15T10:30:00Z");
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe("PutMetricData", () => {
  let lab: ApiLab;
  let client: CloudWatchClient;
  let cloudWatch: CloudWatch;
  const published: string[] = [];

  before(async () => {
    lab = await ApiLab.start((access) => {
      const publish = ({ subject }: { subject: string }) =>
        Promise.resolve(published.push(subject));
      cloudWatch = new CloudWatch({ ...access, dataDir: "", clock: () => now, publish });
      return cloudWatchApi(access, cloudWatch);
    });
    client = lab.client(CloudWatchClient);
  });

  after(() => lab.stop());

  const put = (Namespace: string, ...MetricData: MetricDatum[]) =>
    client.send(new PutMetricDataCommand({ Namespace, MetricData }));

  /** What is known of the hour around now. */
  const statisticsOf = async (
    Namespace: string,
    MetricName: string,
    ExtendedStatistics = ["p50"],
  ) => {
    const span = { StartTime: hoursLater(-1), EndTime: hoursLater(1) };
    const asked = { Namespace, MetricName, ...span, Period: 3600, ExtendedStatistics };
    const Statistics = ["SampleCount", "Sum", "Minimum", "Maximum"] as const;
    const command = new GetMetricStatisticsCommand({ ...asked, Statistics: [...Statistics] });
    const { Datapoints } = await client.send(command);
    return Datapoints?.map(({ Timestamp: _timestamp, ...known }) => known);
  };

  it("takes values of metrics with unit, time and dimensions", async () => {
    const Dimensions = [{ Name: "Shop", Value: "7" }];
    await put(
      "Shop",
      { MetricName: "Sales", Value: 3.5, Unit: "Count", Dimensions, Timestamp: hoursLater(-2) },
      { MetricName: "Sales", Value: 1.5, Unit: "Count", Dimensions, StorageResolution: 1 },
    );

    const metric = { namespace: "Shop", name: "Sales", dimensions: { Shop: "7" } };
    const found = cloudWatch.metrics.find(metric);
    assert.equal(found?.unit, "Count");
    assert.deepEqual(
      [...found.minutes].map(([start, point]) => [
        new Date(start),
        point.value({ statistic: "Sum" }),
      ]),
      [
        [hoursLater(-2), 3.5],
        [now, 1.5],
      ],
    );
  });

  it("takes each value as often as its count says", async () => {
    await put("Counts", { MetricName: "Ms", Values: [10, 20, 90], Counts: [1, 5, 2] });
    await put("Counts", { MetricName: "Ms", Values: [30] });

    assert.deepEqual(await statisticsOf("Counts", "Ms", ["p50", "p99"]), [
      {
        ...{ SampleCount: 9, Sum: 320, Minimum: 10, Maximum: 90, Unit: "None" },
        ExtendedStatistics: { p50: 20, p99: 90 },
      },
    ]);
  });

  it("takes sets of statistics, whose percentiles nobody knows but where all values are the same", async () => {
    const StatisticValues = { SampleCount: 4, Sum: 10, Minimum: 1, Maximum: 5 };
    await put("Sets", { MetricName: "Mixed", Value: 2 }, { MetricName: "Mixed", StatisticValues });
    const same = { SampleCount: 2, Sum: 8, Minimum: 4, Maximum: 4 };
    await put("Sets", { MetricName: "Same", StatisticValues: same });

    const mixed = { SampleCount: 5, Sum: 12, Minimum: 1, Maximum: 5, Unit: "None" };
    assert.deepEqual(await statisticsOf("Sets", "Mixed"), [mixed]);
    assert.deepEqual(await statisticsOf("Sets", "Same"), [
      { ...same, Unit: "None", ExtendedStatistics: { p50: 4 } },
    ]);
  });

  it("has alarms see what is put", async () => {
    cloudWatch.putAlarm({
      ...{ name: "angry", namespace: "Shop", metricName: "Angry", dimensions: {} },
      ...{ statistic: "Sum", period: 60, evaluationPeriods: 1, threshold: 5 },
      ...{
        comparisonOperator: "GreaterThanThreshold",
        alarmActions: ["arn:aws:sns:eu-west-1:123456789012:alarms"],
      },
    });

    await put("Shop", { MetricName: "Angry", Values: [2], Counts: [3] });

    assert.equal(
      cloudWatch.alarms().find(({ definition }) => definition.name === "angry")?.state.value,
      "ALARM",
    );
    assert.match(published.join("\n"), /angry/);
  });

  it("takes what the SDK compresses", async () => {
    const data = Array.from({ length: 400 }, (_, index) => ({
      MetricName: `Metric-number-${index}`,
      Value: index,
    }));

    await put("Large", ...data);

    const taken = cloudWatch.metrics.all().filter(({ namespace }) => namespace === "Large");
    assert.equal(taken.length, 400);
  });

  it("takes forms of the query protocol, as old SDKs and scripts send them", async () => {
    const parameters = {
      ...{ Action: "PutMetricData", Version: "2010-08-01", Namespace: "Old" },
      "MetricData.member.1.MetricName": "Load",
      "MetricData.member.1.Value": "1.5e1",
      "MetricData.member.1.Timestamp": now.toISOString(),
      "MetricData.member.1.Dimensions.member.1.Name": "Host",
      "MetricData.member.1.Dimensions.member.1.Value": "1",
    };
    const body = new URLSearchParams(parameters).toString();
    const contentType = "application/x-www-form-urlencoded";

    const answer = await signedFetch(lab, "monitoring", { contentType, body });

    assert.match(answer, /<PutMetricDataResponse xmlns="[^"]+">/);
    const found = cloudWatch.metrics.find({
      namespace: "Old",
      name: "Load",
      dimensions: { Host: "1" },
    });
    assert.equal(found?.minutes.get(now.getTime())?.value({ statistic: "Sum" }), 15);
  });

  it("asks for a permission, which may be for one namespace", async () => {
    const credentials = lab.roleThatMay(["cloudwatch:PutMetricData"], ["*"], {
      StringEquals: { "cloudwatch:namespace": "Mine" },
    });
    const other = lab.client(CloudWatchClient, { credentials });
    const MetricData = [{ MetricName: "Sales", Value: 1 }];

    await other.send(new PutMetricDataCommand({ Namespace: "Mine", MetricData }));
    await assert.rejects(
      other.send(new PutMetricDataCommand({ Namespace: "Others", MetricData })),
      { name: "AccessDenied", message: /is not authorized to perform: cloudwatch:PutMetricData/ },
    );
  });

  const good = { MetricName: "M", Value: 1 };
  for (const [what, namespace, datum, name, message] of [
    [
      "a namespace of AWS's own",
      "AWS/Lambda",
      good,
      "InvalidParameterValueException",
      "The value AWS/Lambda for parameter Namespace is invalid.",
    ],
    [
      "no value",
      "Bad",
      { MetricName: "M" },
      "MissingRequiredParameterException",
      "One of the parameters MetricData.member.2.Value, MetricData.member.2.Values, MetricData.member.2.StatisticValues must be specified.",
    ],
    [
      "two kinds of values",
      "Bad",
      { ...good, Values: [1] },
      "InvalidParameterCombinationException",
      "The parameters MetricData.member.2.Value and MetricData.member.2.Values are mutually exclusive and you have specified both.",
    ],
    [
      "a value that is no number",
      "Bad",
      { MetricName: "M", Value: Number.NaN },
      "InvalidParameterValueException",
      "The value NaN for parameter MetricData.member.2.Value is invalid.",
    ],
    [
      "a value that is too large",
      "Bad",
      { MetricName: "M", Values: [1, 2 ** 361] },
      "InvalidParameterValueException",
      `The value ${2 ** 361} for parameter MetricData.member.2.Values.member.2 is invalid.`,
    ],
    [
      "counts that are not as many as the values",
      "Bad",
      { MetricName: "M", Values: [1, 2], Counts: [1] },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.Counts must have as many members as MetricData.member.2.Values.",
    ],
    [
      "a count of nothing",
      "Bad",
      { MetricName: "M", Values: [1], Counts: [0] },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.Counts must have members greater than 0 only.",
    ],
    [
      "a maximum below the minimum",
      "Bad",
      { MetricName: "M", StatisticValues: { SampleCount: 1, Sum: 1, Minimum: 2, Maximum: 1 } },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.StatisticValues.Maximum must be greater than MetricData.member.2.StatisticValues.Minimum.",
    ],
    [
      "a set of nothing",
      "Bad",
      { MetricName: "M", StatisticValues: { SampleCount: 0, Sum: 1, Minimum: 1, Maximum: 1 } },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.StatisticValues.SampleCount must be greater than 0.",
    ],
    [
      "what was measured too long ago",
      "Bad",
      { ...good, Timestamp: hoursLater(-24 * 14 - 1) },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.Timestamp must specify a time within the past two weeks.",
    ],
    [
      "what will be measured",
      "Bad",
      { ...good, Timestamp: hoursLater(3) },
      "InvalidParameterValueException",
      "The parameter MetricData.member.2.Timestamp must specify a time no more than two hours in the future.",
    ],
    [
      "a unit that there is not",
      "Bad",
      { ...good, Unit: "Apples" as never },
      "InvalidParameterValueException",
      /Value 'Apples' at 'metricData\.2\.member\.unit' failed to satisfy constraint/,
    ],
  ] as const) {
    it(`refuses ${what}, and takes nothing of the request`, async () => {
      const metric = { MetricName: "Good", Value: 1 };
      await assert.rejects(put(namespace, metric, datum as MetricDatum), { name, message });
      assert.ok(!cloudWatch.metrics.all().some((each) => each.namespace === namespace));
    });
  }

  it("says that entities are not emulated", async () => {
    const EntityMetricData = [{ MetricData: [good] }];
    const asked = { Namespace: "Mine", MetricData: [good], EntityMetricData };
    await assert.rejects(client.send(new PutMetricDataCommand(asked)), {
      name: "NotImplemented",
      message: /the parameter EntityMetricData of PutMetricData of CloudWatch/,
    });
  });
});
