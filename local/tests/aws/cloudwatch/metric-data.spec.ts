import assert from "node:assert/strict";
import {
  CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type MetricDataQuery,
} from "@aws-sdk/client-cloudwatch";
import { cloudWatchApi } from "../../../aws/cloudwatch/api";
import { CloudWatch } from "../../../aws/cloudwatch/cloudwatch";
import { ApiLab } from "../api/api-lab";
import { signedFetch } from "../api/signed-fetch";

/** 10:00, and the minutes after it. */
const minute = (past: number) => new Date(Date.UTC(2026, 0, 15, 10, past));

const dimensions = { FunctionName: "greet" };
const Dimensions = [{ Name: "FunctionName", Value: "greet" }];

/** A query for a metric of the function. */
const query = (Id: string, MetricName: string, Stat = "Sum", Period = 60): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: "AWS/Lambda", MetricName, Dimensions }, Period, Stat },
});

describe("GetMetricData", () => {
  let lab: ApiLab;
  let client: CloudWatchClient;

  before(async () => {
    lab = await ApiLab.start((access) => {
      const publish = () => assert.fail("nothing to publish");
      const clock = () => minute(30);
      const cloudWatch = new CloudWatch({ ...access, dataDir: "", clock, publish });
      const put = (name: string, at: Date, ...values: number[]) => {
        for (const value of values) {
          const datum = { namespace: "AWS/Lambda", name, dimensions, value, at: at.getTime() };
          cloudWatch.put({ ...datum, ...(name === "Duration" && { unit: "Milliseconds" }) });
        }
      };
      put("Invocations", minute(4), 1, 1, 1, 1);
      put("Invocations", minute(2), 1, 1);
      put("Invocations", minute(9), 1);
      put("Errors", minute(4), 1);
      put("Duration", minute(4), 10, 20, 90);
      return cloudWatchApi(access, cloudWatch);
    });
    client = lab.client(CloudWatchClient);
  });

  after(() => lab.stop());

  const ask = (
    MetricDataQueries: MetricDataQuery[],
    more: Partial<GetMetricDataCommandInput> = {},
  ) => {
    const span = { StartTime: minute(0), EndTime: minute(10) };
    return client.send(new GetMetricDataCommand({ MetricDataQueries, ...span, ...more }));
  };

  /** The values of the first result, by minute. */
  const valuesOf = async (
    queries: MetricDataQuery[],
    more: Partial<GetMetricDataCommandInput> = {},
  ) => {
    const { MetricDataResults } = await ask(queries, more);
    const { Timestamps = [], Values = [] } = MetricDataResults?.[0] ?? {};
    return Timestamps.map((at, index) => [
      (Number(at) - Number(minute(0))) / 60_000,
      Values[index],
    ]);
  };

  it("gives the values of metrics, newest first, with their names", async () => {
    const { MetricDataResults, Messages, NextToken } = await ask([
      query("runs", "Invocations"),
      { ...query("errors", "Errors"), Label: "Failed" },
      query("none", "Throttles"),
    ]);
    const complete = { StatusCode: "Complete" };
    assert.deepEqual(MetricDataResults, [
      {
        Id: "runs",
        Label: "Invocations",
        Timestamps: [minute(9), minute(4), minute(2)],
        Values: [1, 4, 2],
        ...complete,
      },
      { Id: "errors", Label: "Failed", Timestamps: [minute(4)], Values: [1], ...complete },
      { Id: "none", Label: "Throttles", Timestamps: [], Values: [], ...complete },
    ]);
    assert.deepEqual([Messages, NextToken], [[], undefined]);
  });

  for (const [what, queries, labels] of [
    [
      "statistics",
      [query("m1", "Errors", "Sum"), query("m2", "Errors", "Average")],
      ["Errors Sum", "Errors Average"],
    ],
    [
      "periods",
      [query("m1", "Errors", "Sum", 60), query("m2", "Errors", "Sum", 120)],
      ["Errors 60", "Errors 120"],
    ],
    [
      "both",
      [query("m1", "Errors", "Sum", 60), query("m2", "Errors", "p99", 120)],
      ["Errors Sum 60", "Errors p99 120"],
    ],
    ["neither", [query("m1", "Errors"), query("m2", "Errors")], ["Errors", "Errors"]],
    [
      "names",
      [query("m1", "Errors", "Sum"), query("m2", "Duration", "Average")],
      ["Errors", "Duration"],
    ],
  ] as const) {
    it(`tells metrics apart by labels where they differ in ${what}`, async () => {
      const { MetricDataResults } = await ask([...queries]);
      assert.deepEqual(
        MetricDataResults?.map(({ Label }) => Label),
        labels,
      );
    });
  }

  it("gives each statistic, and none that it does not know", async () => {
    const value = async (Stat: string) =>
      (await ask([query("m1", "Duration", Stat)])).MetricDataResults?.[0]?.Values;
    assert.deepEqual(await value("SampleCount"), [3]);
    assert.deepEqual(await value("Average"), [40]);
    assert.deepEqual(await value("Minimum"), [10]);
    assert.deepEqual(await value("Maximum"), [90]);
    assert.deepEqual(await value("p50"), [20]);
    await assert.rejects(value("sum"), { name: "ValidationException" });
    for (const other of ["tm90", "TM(10%:90%)", "IQM"]) {
      await assert.rejects(value(other), { name: "NotImplemented" });
    }
  });

  it("counts periods from the minute of the start, each whole", async () => {
    const five = [query("m1", "Invocations", "Sum", 300)];
    const ScanBy = "TimestampAscending";
    assert.deepEqual(await valuesOf(five, { ScanBy }), [
      [0, 6],
      [5, 1],
    ]);
    const StartTime = new Date(minute(3).getTime() + 59_999);
    const EndTime = minute(9);
    assert.deepEqual(await valuesOf(five, { ScanBy, StartTime, EndTime }), [
      [3, 4],
      [8, 1],
    ]);
    assert.deepEqual(await valuesOf(five, { ScanBy, StartTime, EndTime: minute(8) }), [[3, 4]]);
  });

  it("counts periods as GetMetricStatistics does", async () => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        ...{ Namespace: "AWS/Lambda", MetricName: "Invocations", Dimensions, Period: 300 },
        ...{ StartTime: minute(3), EndTime: minute(9), Statistics: ["Sum"] },
      }),
    );
    const shown = Datapoints.map(({ Timestamp, Sum }) => [Number(Timestamp), Sum]);
    assert.deepEqual(shown, [
      [Number(minute(3)), 4],
      [Number(minute(8)), 1],
    ]);
  });

  it("tells the unit that a metric was published in, if it was in one", async () => {
    for (const [MetricName, unit] of [
      ["Duration", "Milliseconds"],
      ["Errors", "None"],
    ] as const) {
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace: "AWS/Lambda", MetricName, Dimensions, Period: 300 },
          ...{ StartTime: minute(3), EndTime: minute(9), Statistics: ["Sum"] },
        }),
      );
      assert.deepEqual(
        Datapoints.map(({ Unit }) => Unit),
        [unit],
      );
    }
  });

  it("gives what expressions make of metrics, which need not be returned", async () => {
    const metrics = [query("runs", "Invocations"), query("errors", "Errors")];
    const { MetricDataResults } = await ask([
      ...metrics.map((each) => ({ ...each, ReturnData: false })),
      { Id: "rate", Expression: "100 * errors / runs", Label: "Rate" },
      { Id: "twice", Expression: "rate * 2" },
      { Id: "all", Expression: "SUM(METRICS())" },
      { Id: "filled", Expression: "FILL(errors, 0)" },
      { Id: "limit", Expression: "TIME_SERIES(7)", Period: 300 },
    ]);
    assert.deepEqual(
      MetricDataResults?.map(({ Id, Label, Values }) => [Id, Label, Values]),
      [
        ["rate", "Rate", [0, 25, 0]],
        ["twice", "twice", [0, 50, 0]],
        ["all", "all", [1, 5, 2]],
        ["filled", "filled", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]],
        ["limit", "limit", [7, 7]],
      ],
    );
    assert.deepEqual(MetricDataResults[1]?.Timestamps, [minute(9), minute(4), minute(2)]);
  });

  it("gives pages of values, and says what is not whole", async () => {
    const queries = [query("runs", "Invocations"), query("errors", "Errors")];
    const shown = (page: Awaited<ReturnType<typeof ask>>) =>
      page.MetricDataResults?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]);
    const first = await ask(queries, { MaxDatapoints: 2 });
    assert.deepEqual(shown(first), [
      ["runs", [1, 4], "PartialData"],
      ["errors", [], "PartialData"],
    ]);
    const { NextToken } = first;
    const second = await ask(queries, { MaxDatapoints: 2, NextToken });
    assert.deepEqual(shown(second), [
      ["runs", [2], "Complete"],
      ["errors", [1], "Complete"],
    ]);
    assert.equal(second.NextToken, undefined);
    await assert.rejects(ask(queries, { NextToken: "x" }), { name: "InvalidNextToken" });
  });

  const m1 = query("m1", "Errors");
  const refused: [string, MetricDataQuery[], RegExp][] = [
    ["two queries of one id", [m1, m1], /not unique/],
    ["an id with a capital", [query("M1", "Errors")], /small letter/],
    ["neither metric nor expression", [{ Id: "m1" }], /either an Expression or a MetricStat/],
    ["both of them", [{ ...m1, Expression: "m1" }], /either an Expression or a MetricStat/],
    ["a period of 90 seconds", [query("m1", "Errors", "Sum", 90)], /multiple of 60/],
    ["an unknown metric in an expression", [{ Id: "e1", Expression: "m9 + 1" }], /there is no m9/],
    ["an expression that is a number", [m1, { Id: "e1", Expression: "SUM(m1)" }], /no time series/],
    ["an unknown function", [m1, { Id: "e1", Expression: "NOPE(m1)" }], /no function NOPE/],
    [
      "an expression without a period",
      [{ Id: "e1", Expression: "TIME_SERIES(1)" }],
      /needs a Peri/,
    ],
  ];
  for (const [what, queries, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(ask(queries), { name: "ValidationException", message });
    });
  }

  it("refuses a start that is not before the end, and more than can be given", async () => {
    const expression = [m1, { Id: "e1", Expression: "m1 + 1" }];
    const name = "ValidationException";
    await assert.rejects(ask([m1], { StartTime: minute(10) }), { name, message: /less than/ });
    await assert.rejects(ask(expression, { StartTime: new Date(0) }), { name, message: /at most/ });
    await assert.rejects(ask([m1], { MaxDatapoints: 100_801 }), { name });
  });

  const notEmulated: [string, MetricDataQuery[]][] = [
    ["Metrics Insights", [{ Id: "e1", Expression: "SELECT SUM(Errors) FROM x", Period: 60 }]],
    ["SEARCH", [{ Id: "e1", Expression: "SEARCH('', 'Sum')", Period: 60 }]],
    ["several series of one expression", [m1, { Id: "e1", Expression: "METRICS() * 2" }]],
    ["periods below a minute", [query("m1", "Errors", "Sum", 10)]],
    ["labels that are filled in", [{ ...m1, Label: "max ${MAX}" }]],
    ["other accounts", [{ ...m1, AccountId: "999999999999" }]],
    [
      "metrics of different periods",
      [m1, query("m2", "Errors", "Sum", 300), { Id: "e1", Expression: "m1 + m2" }],
    ],
  ];
  for (const [what, queries] of notEmulated) {
    it(`says that it does not emulate ${what}`, async () => {
      await assert.rejects(ask(queries), { name: "NotImplemented" });
    });
  }

  it("is asked in the query protocol, and in JSON", async () => {
    const metric = "MetricDataQueries.member.1.MetricStat";
    const xml = await signedFetch(lab, "monitoring", {
      contentType: "application/x-www-form-urlencoded",
      body: new URLSearchParams({
        Action: "GetMetricData",
        Version: "2010-08-01",
        StartTime: minute(0).toISOString(),
        EndTime: minute(10).toISOString(),
        "MetricDataQueries.member.1.Id": "m1",
        "MetricDataQueries.member.1.ReturnData": "true",
        [`${metric}.Metric.Namespace`]: "AWS/Lambda",
        [`${metric}.Metric.MetricName`]: "Invocations",
        [`${metric}.Metric.Dimensions.member.1.Name`]: "FunctionName",
        [`${metric}.Metric.Dimensions.member.1.Value`]: "greet",
        [`${metric}.Period`]: "300",
        [`${metric}.Stat`]: "Sum",
        MaxDatapoints: "1",
      }).toString(),
    });
    assert.match(
      xml,
      /<MetricDataResults><member><Id>m1<\/Id><Label>Invocations<\/Label><Timestamps><member>2026-01-15T10:05:00.000Z<\/member><\/Timestamps><Values><member>1<\/member><\/Values><StatusCode>PartialData<\/StatusCode>/,
    );
    const json = await signedFetch(lab, "monitoring", {
      contentType: "application/x-amz-json-1.0",
      target: "GraniteServiceVersion20100801.GetMetricData",
      body: JSON.stringify({
        MetricDataQueries: [query("m1", "Errors")],
        StartTime: minute(0).getTime() / 1000,
        EndTime: minute(10).getTime() / 1000,
      }),
    });
    const timestamps = [minute(4).getTime() / 1000];
    assert.deepEqual(JSON.parse(json), {
      MetricDataResults: [
        { Id: "m1", Label: "Errors", Timestamps: timestamps, Values: [1], StatusCode: "Complete" },
      ],
      Messages: [],
    });
  });

  it("is refused to who may not", async () => {
    const actions = ["cloudwatch:GetMetricStatistics"];
    const credentials = lab.roleThatMay(actions, ["*"]);
    const other = lab.client(CloudWatchClient, { credentials });
    const command = new GetMetricDataCommand({
      MetricDataQueries: [m1],
      StartTime: minute(0),
      EndTime: minute(10),
    });
    await assert.rejects(
      other.send(command),
      /not authorized to perform: cloudwatch:GetMetricData/,
    );
  });
});
