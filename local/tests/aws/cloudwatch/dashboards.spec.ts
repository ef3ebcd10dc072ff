import assert from "node:assert/strict";
import { dashboardMessages } from "../../../aws/cloudwatch/dashboard-body";
import { Dashboards } from "../../../aws/cloudwatch/dashboards";

const metrics = [["AWS/Lambda", "Errors", "FunctionName", "resize", { stat: "Sum" }]];
const properties = { region: "eu-west-1", metrics };
const widget = { type: "metric", x: 0, y: 0, width: 12, height: 6, properties };

function bodyOf(change: Record<string, unknown> = {}): string {
  return JSON.stringify({ widgets: [{ ...widget, ...change }] });
}

const withProperties = (change: Record<string, unknown>) =>
  bodyOf({ properties: { ...properties, ...change } });

const alarm = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors";

describe("dashboardMessages", () => {
  const accepted: Record<string, string> = {
    "no widgets": '{"widgets":[]}',
    "a graph": bodyOf(),
    "a graph without a place": JSON.stringify({ widgets: [{ type: "metric", properties }] }),
    "an expression of a metric": withProperties({
      metrics: [[{ expression: "m1 * 2", id: "e1" }], ["AWS/Lambda", "Errors", { id: "m1" }]],
    }),
    "a metric without dimensions": withProperties({ metrics: [["AWS/Lambda", "Errors"]] }),
    "a graph of an alarm": bodyOf({
      properties: { region: "eu-west-1", annotations: { alarms: [alarm] } },
    }),
    text: bodyOf({ type: "text", properties: { markdown: "# Title" } }),
    "states of alarms": bodyOf({ type: "alarm", properties: { alarms: [alarm] } }),
    logs: bodyOf({ type: "log", properties: { region: "eu-west-1", query: "SOURCE 'a'" } }),
    "what is drawn by a function": bodyOf({ type: "custom", properties: { endpoint: "arn" } }),
    "a time span and variables": JSON.stringify({
      start: "-PT3H",
      periodOverride: "inherit",
      variables: [{ type: "property" }],
      widgets: [widget],
    }),
  };
  for (const [what, body] of Object.entries(accepted)) {
    it(`have nothing against ${what}`, () => {
      assert.deepEqual(dashboardMessages(body), []);
    });
  }

  const line = (...parts: unknown[]) => withProperties({ metrics: [parts] });
  const many = (count: number) => Array.from({ length: count }, () => ["AWS/Lambda", "Errors"]);
  const refused: Record<string, [body: string, dataPath: string]> = {
    "what is no JSON": ["{", ""],
    "a list": ["[]", ""],
    "no list of widgets": ["{}", "/widgets"],
    "501 widgets": [
      JSON.stringify({ widgets: Array.from({ length: 501 }, () => widget) }),
      "/widgets",
    ],
    "a widget of another type": [bodyOf({ type: "graph" }), "/widgets/0/type"],
    "a widget without properties": [bodyOf({ properties: undefined }), "/widgets/0/properties"],
    "a widget of no width": [bodyOf({ width: 0 }), "/widgets/0/width"],
    "a widget that is too wide": [bodyOf({ width: 25 }), "/widgets/0/width"],
    "a widget beyond the edge": [bodyOf({ x: 18 }), "/widgets/0"],
    "a widget that is too high": [bodyOf({ height: 1001 }), "/widgets/0/height"],
    "a graph without a region": [
      withProperties({ region: undefined }),
      "/widgets/0/properties/region",
    ],
    "a graph of nothing": [withProperties({ metrics: undefined }), "/widgets/0/properties"],
    "a graph of 501 metrics": [
      withProperties({ metrics: many(501) }),
      "/widgets/0/properties/metrics",
    ],
    "a period of 45 seconds": [withProperties({ period: 45 }), "/widgets/0/properties/period"],
    "a statistic that there is not": [
      withProperties({ stat: "Median" }),
      "/widgets/0/properties/stat",
    ],
    "a view that there is not": [withProperties({ view: "table3d" }), "/widgets/0/properties/view"],
    "half a dimension": [
      line("AWS/Lambda", "Errors", "FunctionName"),
      "/widgets/0/properties/metrics/0",
    ],
    "a namespace alone": [line("AWS/Lambda"), "/widgets/0/properties/metrics/0"],
    "an expression with a namespace": [
      line("AWS/Lambda", "Errors", { expression: "m1" }),
      "/widgets/0/properties/metrics/0",
    ],
    "a dimension that is a number": [
      line("AWS/Lambda", "Errors", "FunctionName", 5),
      "/widgets/0/properties/metrics/0",
    ],
    "an id in capitals": [
      line("AWS/Lambda", "Errors", { id: "M1" }),
      "/widgets/0/properties/metrics/0/2/id",
    ],
    "an option that there is not": [
      line("AWS/Lambda", "Errors", { statistic: "Sum" }),
      "/widgets/0/properties/metrics/0/2",
    ],
    "an id twice": [
      withProperties({
        metrics: [
          ["AWS/Lambda", "Errors", { id: "m1" }],
          ["AWS/Lambda", "Invocations", { id: "m1" }],
        ],
      }),
      "/widgets/0/properties/metrics",
    ],
    "text without text": [
      bodyOf({ type: "text", properties: {} }),
      "/widgets/0/properties/markdown",
    ],
    "the state of what is no alarm": [
      bodyOf({ type: "alarm", properties: { alarms: ["errors"] } }),
      "/widgets/0/properties/alarms/0",
    ],
    "logs without a query": [
      bodyOf({ type: "log", properties: { region: "eu-west-1" } }),
      "/widgets/0/properties/query",
    ],
  };
  for (const [what, [body, dataPath]] of Object.entries(refused)) {
    it(`say where there is ${what}`, () => {
      assert.deepEqual(
        dashboardMessages(body).map((message) => message.dataPath),
        [dataPath],
      );
    });
  }

  it("count the metrics of all widgets together", () => {
    const one = { ...widget, properties: { ...properties, metrics: many(500) } };
    const body = (count: number) => JSON.stringify({ widgets: Array(count).fill(one) });
    assert.deepEqual(dashboardMessages(body(5)), []);
    assert.deepEqual(dashboardMessages(body(6)), [
      { dataPath: "/widgets", message: "There are 3000 metrics, of at most 2500" },
    ]);
  });
});

describe("Dashboards", () => {
  it("keep the latest body of each name, as it was given", () => {
    const dashboards = new Dashboards(() => new Date(5));
    dashboards.put("b", bodyOf());
    dashboards.put("a", bodyOf());
    dashboards.put("b", '{ "widgets": [] }');
    assert.deepEqual(
      dashboards.all().map(({ name, body }) => [name, body]),
      [
        ["a", bodyOf()],
        ["b", '{ "widgets": [] }'],
      ],
    );
    dashboards.delete("b");
    assert.throws(() => dashboards.get("b"), { code: "DashboardNotFoundError" });
  });

  it("refuse a body with all that is wrong in it, and a name of other characters", () => {
    const dashboards = new Dashboards(() => new Date(5));
    const body = JSON.stringify({ widgets: [{ ...widget, width: 0, height: 0 }] });
    assert.throws(
      () => {
        dashboards.put("a", body);
      },
      { code: "InvalidParameterInput", message: /2 validation errors:\n {2}\/widgets\/0\/width: / },
    );
    assert.throws(
      () => {
        dashboards.put("a.b", bodyOf());
      },
      { code: "InvalidParameterValue" },
    );
    assert.deepEqual(dashboards.all(), []);
  });
});
