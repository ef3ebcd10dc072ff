import assert from "node:assert/strict";
import type { MetricQuery } from "../../../../aws/cloudwatch/alarm-definition";
import { MetricMath } from "../../../../aws/cloudwatch/metric-math/metric-math";
import type { Series } from "../../../../aws/cloudwatch/metric-math/values";

const source = { namespace: "A", metricName: "B", dimensions: {}, statistic: "Sum", period: 60 };
const none = undefined;

function metric(id: string): MetricQuery {
  return { id, metric: { ...source, statistic: "Sum" } };
}

/** What an expression makes of m1, m2 and m3. */
function evaluate(expression: string, ...series: Series[]): Series {
  const result = { id: "result", expression, returnData: true };
  const queries = [...series.map((_, index) => metric(`m${index + 1}`)), result];
  const data = new Map(series.map((values, index) => [`m${index + 1}`, values]));
  return new MetricMath(queries, result).evaluate(data, {
    period: 60,
    length: series[0]?.length ?? 0,
  });
}

describe("MetricMath", () => {
  const [one, two] = [
    [30, 20, 0, 0],
    [20, none, 20, none],
  ];

  // The tables of the user guide.
  const examples: [string, Series[], Series][] = [
    ["m1 < m2", [one, two], [0, 0, 1, 0]],
    ["m1 >= 30", [one], [1, 0, 0, 0]],
    ["m1 > 15 AND m2 > 15", [one, two], [1, 0, 0, 0]],
    ["m1 > 15 || m2 > 15", [one, two], [1, 1, 1, 0]],
    [
      "IF(m1, m2, m3)",
      [
        [1, 1, 0, 0, none],
        [30, none, 0, 0, 30],
        [0, 0, 20, none, 20],
      ],
      [30, 0, 20, none, none],
    ],
    [
      "IF(m1, 5, m2)",
      [
        [1, 1, 0, 0, none],
        [0, 0, 20, none, 20],
      ],
      [5, 5, 20, none, none],
    ],
    [
      "IF(m1, m2, 5)",
      [
        [1, 1, 0, 0, none],
        [30, none, 0, 0, 30],
      ],
      [30, 0, 5, 5, none],
    ],
    ["IF(m1 < 25, m1)", [one], [none, 20, 0, 0]],
  ];
  for (const [expression, series, expected] of examples) {
    it(`makes of ${expression} what the user guide says`, () => {
      assert.deepEqual(evaluate(expression, ...series), expected);
    });
  }

  const arithmetic: [string, Series[], Series][] = [
    ["m1 + m2", [[1, none, 3, none], two], [21, none, 23, none]],
    ["m1 - m2", [[none], [2]], [-2]],
    ["2 - m1", [[5, none]], [-3, none]],
    [
      "m1 / m2",
      [
        [1, 1, none],
        [2, none, 4],
      ],
      [0.5, none, 0],
    ],
    ["100 * m1 / m2", [[1], [4]], [25]],
    ["-m1 ^ 2 + 1", [[3]], [10]],
    ["2 ^ m1 ^ 2", [[3]], [512]],
    ["m1 - (2 - 1) * 3", [[5]], [2]],
    [
      "SUM([m1, m2] * 2)",
      [
        [1, none],
        [2, none],
      ],
      [6, none],
    ],
    [
      "SUM(METRICS())",
      [
        [1, none, none],
        [none, 2, none],
      ],
      [1, 2, none],
    ],
    ['SUM(METRICS("2"))', [[1], [7]], [7]],
    [
      "AVG([m1, m2])",
      [
        [4, none],
        [none, none],
      ],
      [2, none],
    ],
    [
      "MAX([m1, m2])",
      [
        [1, 5],
        [3, none],
      ],
      [3, 5],
    ],
    [
      "MIN(METRICS())",
      [
        [1, 5],
        [3, none],
      ],
      [1, 5],
    ],
    ["m1 / MAX(m1)", [[1, 4, none]], [0.25, 1, none]],
    ["m1 - AVG(m1)", [[1, 3, none]], [-1, 1, none]],
    ["m1 / METRIC_COUNT(METRICS())", [[4], [1]], [2]],
    ["FILL(m1, 0)", [[none, 2, none]], [0, 2, 0]],
    ["FILL(m1, REPEAT)", [[none, 2, none]], [none, 2, 2]],
    ["FILL(m1, LINEAR)", [[2, none, none, 8, none]], [2, 4, 6, 8, none]],
    [
      "FILL(m1, m2)",
      [
        [none, 1],
        [7, 8],
      ],
      [7, 1],
    ],
    ["DIFF(m1)", [[1, none, 4, 6]], [none, none, 3, 2]],
    ["RATE(m1)", [[0, none, 120]], [none, none, 1]],
    ["RUNNING_SUM(m1)", [[1, none, 2]], [1, 1, 3]],
    ["m1 / PERIOD(m1)", [[120]], [2]],
    ["ABS(m1) + CEIL(m2) + FLOOR(m2)", [[-1], [1.5]], [4]],
    ["TIME_SERIES(5)", [[1, none]], [5, 5]],
    ["FIRST([m2, m1])", [[1], [2]], [2]],
    [
      "IF(m2 >= 10, 100 * m1 / m2, 0)",
      [
        [3, 1, none],
        [10, 9, none],
      ],
      [30, 0, none],
    ],
  ];
  for (const [expression, series, expected] of arithmetic) {
    it(`evaluates ${expression}`, () => {
      assert.deepEqual(evaluate(expression, ...series), expected);
    });
  }

  it("evaluates expressions that refer to others", () => {
    const queries = [
      metric("m1"),
      { id: "half", expression: "m1 / 2" },
      { id: "result", expression: "half + 1", returnData: true },
    ];
    const math = new MetricMath(queries, { id: "result" });
    assert.deepEqual(math.evaluate(new Map([["m1", [4]]]), { period: 60, length: 1 }), [3]);
  });

  it("tells of which metrics it makes something", () => {
    const queries = ["m1", "m2", "m3"].map(metric);
    const idsOf = (expression: string) => {
      const result = { id: "result", expression };
      const math = new MetricMath(
        [...queries, { id: "half", expression: "m2 / 2" }, result],
        result,
      );
      return [...math.metricIds];
    };
    assert.deepEqual(idsOf("half + m1 + m1"), ["m2", "m1"]);
    assert.deepEqual(idsOf("SUM(METRICS())"), ["m1", "m2", "m3"]);
  });

  const refused: [string, RegExp][] = [
    ["", /unexpected the end/],
    ["m1 +", /unexpected the end/],
    ["m1 m1", /unexpected m1/],
    ["(m1", /expected \) before the end/],
    ["m1 ; m1", /unexpected ;/],
    ["m9", /there is no m9/],
    ["result", /refers to itself/],
    ["NOPE(m1)", /no function NOPE/],
    ["SUM(m1)", /a time series is needed/],
    ["5", /a time series is needed/],
    ["METRICS()", /a time series is needed/],
    ["FILL(m1, NOTHING)", /there is no NOTHING/],
  ];
  for (const [expression, message] of refused) {
    it(`refuses "${expression}"`, () => {
      assert.throws(() => evaluate(expression, [1]), { code: "ValidationError", message });
    });
  }

  for (const expression of [
    'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda")',
    "SEARCH('', '')",
    "HOUR(m1)",
  ]) {
    it(`says that it does not emulate ${expression}`, () => {
      assert.throws(() => evaluate(expression, [1]), { code: "NotImplemented" });
    });
  }
});
