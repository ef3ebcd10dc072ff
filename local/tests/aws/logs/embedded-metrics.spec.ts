import assert from "node:assert/strict";
import { extractMetrics } from "../../../aws/logs/embedded-metrics";

const now = new Date("2026-01-15T10:00:00Z");
const Timestamp = now.getTime();

const directive = {
  Namespace: "Shop",
  Dimensions: [["service"]],
  Metrics: [{ Name: "Sold", Unit: "Count" }],
};

type Members = Record<string, unknown>;

function eventOf(change: Members = {}, others: Members = { service: "till", Sold: 2 }): string {
  const one = { ...directive, ...change };
  return JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: [one] }, ...others });
}

const sold = {
  namespace: "Shop",
  name: "Sold",
  dimensions: { service: "till" },
  value: 2,
  unit: "Count",
  at: Timestamp,
};

function data(message: string) {
  const extracted = extractMetrics(message, now);
  assert.ok("data" in extracted, JSON.stringify(extracted));
  return extracted.data;
}

describe("extractMetrics", () => {
  it("finds a metric, with its dimensions, value, unit and time", () => {
    assert.deepEqual(data(eventOf()), [sold]);
  });

  it("makes one metric for each set of dimensions, none among them", () => {
    const dimensions = [["service", "shop"], ["service"], []];
    assert.deepEqual(
      data(eventOf({ Dimensions: dimensions }, { service: "till", shop: "one", Sold: 2 })).map(
        (datum) => datum.dimensions,
      ),
      [{ service: "till", shop: "one" }, { service: "till" }, {}],
    );
  });

  it("takes several directives, metrics and values", () => {
    const message = JSON.stringify({
      _aws: {
        Timestamp,
        CloudWatchMetrics: [
          { ...directive, Metrics: [{ Name: "Sold" }, { Name: "Paid", StorageResolution: 1 }] },
          { ...directive, Namespace: "Other", Metrics: [{ Name: "Sold", StorageResolution: 60 }] },
        ],
      },
      service: "till",
      Sold: 2,
      Paid: [1.5, 3],
      more: { of: "whatever" },
    });
    assert.deepEqual(
      data(message).map(({ namespace, name, value }) => [namespace, name, value]),
      [
        ["Shop", "Sold", 2],
        ["Shop", "Paid", 1.5],
        ["Shop", "Paid", 3],
        ["Other", "Sold", 2],
      ],
    );
  });

  const other = {
    text: 'said "_aws"',
    "another JSON object": '{"message":"of \\"_aws\\""}',
    "one that has it deeper": '{"message":{"_aws":{}}}',
    "a list": '[{"_aws":{}}]',
    nothing: "",
  };
  for (const [what, message] of Object.entries(other)) {
    it(`finds none in ${what}`, () => {
      assert.deepEqual(data(message), []);
    });
  }

  it("finds none in metadata of no metrics", () => {
    assert.deepEqual(data(JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: [] } })), []);
  });

  it("calls an object of which the end is missing an error of parsing", () => {
    assert.deepEqual(extractMetrics(eventOf().slice(0, -1), now), {
      kind: "parsing",
      problem: "it is no JSON object",
    });
  });

  const many = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`);
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  const wrong: Record<string, [message: string, problem: RegExp]> = {
    "without a time": [
      JSON.stringify({ _aws: { CloudWatchMetrics: [directive] }, service: "till", Sold: 2 }),
      /^_aws\.Timestamp: /,
    ],
    "of a time that is text": [
      JSON.stringify({ _aws: { Timestamp: "1", CloudWatchMetrics: [] } }),
      /^_aws\.Timestamp: /,
    ],
    "without metrics": [JSON.stringify({ _aws: { Timestamp } }), /^_aws\.CloudWatchMetrics: /],
    "without a namespace": [eventOf({ Namespace: "" }), /CloudWatchMetrics\.0\.Namespace: /],
    "without sets of dimensions": [eventOf({ Dimensions: [] }), /\.0\.Dimensions: /],
    "of 31 dimensions": [eventOf({ Dimensions: [many(31)] }), /\.0\.Dimensions\.0: /],
    "of 101 metrics": [eventOf({ Metrics: many(101).map((Name) => ({ Name })) }), /\.0\.Metrics: /],
    "of a metric without a name": [eventOf({ Metrics: [{}] }), /\.0\.Metrics\.0\.Name: /],
    "of a unit that there is not": [
      eventOf({ Metrics: [{ Name: "Sold", Unit: "Pieces" }] }),
      /\.0\.Metrics\.0\.Unit: /,
    ],
    "of another resolution": [
      eventOf({ Metrics: [{ Name: "Sold", StorageResolution: 10 }] }),
      /\.0\.Metrics\.0\.StorageResolution: /,
    ],
    "that lacks a metric's value": [eventOf({}, { service: "till" }), /^Sold: is no number/],
    "of a value that is text": [eventOf({}, { service: "till", Sold: "2" }), /^Sold: is no number/],
    "of 101 values": [eventOf({}, { service: "till", Sold: numbers(101) }), /^Sold: /],
    "that lacks a dimension's value": [eventOf({}, { Sold: 2 }), /^service: is a dimension/],
    "of a dimension that is a number": [
      eventOf({}, { service: 5, Sold: 2 }),
      /^service: is a dimension/,
    ],
    "of a dimension of 1,025 characters": [
      eventOf({}, { service: "a".repeat(1025), Sold: 2 }),
      /^service: is a dimension/,
    ],
    "of a metric that every object inherits": [
      eventOf({ Metrics: [{ Name: "toString" }] }),
      /^toString: is no number/,
    ],
  };
  for (const [what, [message, problem]] of Object.entries(wrong)) {
    it(`calls an event ${what} an error of validation`, () => {
      const extracted = extractMetrics(message, now);
      assert.ok("kind" in extracted);
      assert.equal(extracted.kind, "validation");
      assert.match(extracted.problem, problem);
    });
  }

  it("takes metrics of 14 days ago and of 2 hours ahead, and none beyond", () => {
    const hours = (count: number) => new Date(Timestamp + count * 3_600_000);
    for (const at of [hours(14 * 24), hours(-2)]) {
      assert.deepEqual(extractMetrics(eventOf(), at), { data: [sold] });
    }
    for (const at of [hours(14 * 24 + 1), hours(-3)]) {
      assert.ok("kind" in extractMetrics(eventOf(), at));
    }
  });
});
