import assert from "node:assert/strict";

import { parseEventPattern } from "../../../aws/event-pattern/event-pattern";
import { InvalidPattern } from "../../../aws/event-pattern/invalid-pattern";

const event = {
  source: "example",
  "detail-type": "Made",
  resources: ["arn:one", "arn:two"],
  detail: {
    name: "Photo.PNG",
    size: 300,
    rate: -0.5,
    address: "10.0.0.7",
    none: null,
    empty: "",
    ready: true,
    list: [],
    parts: [
      { kind: "a", size: 1 },
      { kind: "b", size: 2 },
    ],
  },
};

/** A value of `detail` that is listed, the member, and whether the event has it. */
const cases: readonly (readonly [member: string, value: unknown, matches: boolean])[] = [
  ["name", "Photo.PNG", true],
  ["name", "photo.png", false],
  ["size", 300, true],
  ["size", "300", false],
  ["none", null, true],
  ["missing", null, false],
  ["empty", "", true],
  ["ready", true, true],
  ["ready", false, false],
  ["name", { prefix: "Pho" }, true],
  ["name", { prefix: "pho" }, false],
  ["name", { prefix: { "equals-ignore-case": "pHO" } }, true],
  ["size", { prefix: "3" }, false],
  ["name", { suffix: ".PNG" }, true],
  ["name", { suffix: ".png" }, false],
  ["name", { suffix: { "equals-ignore-case": ".png" } }, true],
  ["name", { "equals-ignore-case": "PHOTO.png" }, true],
  ["name", { "equals-ignore-case": "photo" }, false],
  ["name", { wildcard: "P*.PNG" }, true],
  ["name", { wildcard: "*.GIF" }, false],
  ["name", { wildcard: "Photo\\*" }, false],
  ["name", { "anything-but": "Photo.PNG" }, false],
  ["name", { "anything-but": "other" }, true],
  ["name", { "anything-but": ["other", "Photo.PNG"] }, false],
  ["size", { "anything-but": [1, 2] }, true],
  ["size", { "anything-but": 300 }, false],
  ["missing", { "anything-but": "other" }, false],
  ["name", { "anything-but": { prefix: "Pho" } }, false],
  ["name", { "anything-but": { suffix: [".GIF", ".PNG"] } }, false],
  ["name", { "anything-but": { "equals-ignore-case": "photo.gif" } }, true],
  ["name", { "anything-but": { wildcard: "*.PNG" } }, false],
  ["size", { numeric: ["=", 300] }, true],
  ["size", { numeric: [">", 300] }, false],
  ["size", { numeric: [">=", 300, "<", 301] }, true],
  ["rate", { numeric: [">", -1, "<=", -0.5] }, true],
  ["name", { numeric: [">", 0] }, false],
  ["address", { cidr: "10.0.0.0/24" }, true],
  ["address", { cidr: "10.0.1.0/24" }, false],
  ["address", { cidr: "::/0" }, false],
  ["name", { exists: true }, true],
  ["missing", { exists: true }, false],
  ["missing", { exists: false }, true],
  ["name", { exists: false }, false],
  ["none", { exists: true }, true],
  ["list", { exists: true }, false],
  ["parts", { exists: true }, false],
];

/** A pattern, and what is told that is wrong with it. */
const malformed: readonly (readonly [pattern: unknown, why: RegExp])[] = [
  [[], /not an object/],
  [{}, /Empty patterns/],
  [{ source: "example" }, /"source" must be an object or an array/],
  [{ source: [] }, /Empty arrays/],
  [{ detail: {} }, /Empty patterns/],
  [{ source: [{ contains: "x" }] }, /Unrecognized match type contains/],
  [{ source: [{ constructor: "x" }] }, /Unrecognized match type constructor/],
  [{ source: [{ prefix: "a", suffix: "b" }] }, /Only one key/],
  [{ source: [{}] }, /Only one key/],
  [{ source: [{ prefix: 1 }] }, /must be a string/],
  [{ source: [{ prefix: { wildcard: "*" } }] }, /Unsupported prefix/],
  [{ source: [{ exists: "yes" }] }, /true or false/],
  [{ source: [{ "anything-but": [] }] }, /not empty/],
  [{ source: [{ "anything-but": ["a", 1] }] }, /all strings or all numbers/],
  [{ source: [{ "anything-but": null }] }, /all strings or all numbers/],
  [{ source: [{ "anything-but": { numeric: ["=", 1] } }] }, /Unsupported anything-but/],
  [{ source: [{ "anything-but": { prefix: "" } }] }, /Null prefix\/suffix/],
  [{ source: [{ "anything-but": { suffix: ["a", ""] } }] }, /Null prefix\/suffix/],
  [
    { source: [{ "anything-but": { prefix: { "equals-ignore-case": "a" } } }] },
    /Value of anything-but must be/,
  ],
  [{ source: [{ numeric: [] }] }, /one comparison/],
  [{ source: [{ numeric: [">", 1, ">", 2] }] }, /lower and an upper bound/],
  [{ source: [{ numeric: ["!=", 1] }] }, /operator/],
  [{ source: [{ numeric: ["=", "1"] }] }, /must be a number/],
  [{ source: [{ numeric: ["<", 5_000_000_001] }] }, /must be a number/],
  [{ source: [{ cidr: "10.0.0.0" }] }, /CIDR/],
  [{ source: [{ cidr: "10.0.0.0/33" }] }, /CIDR/],
  [{ source: [{ wildcard: "a**b" }] }, /Consecutive/],
  [{ source: [{ wildcard: "a\\b" }] }, /escape/],
  [{ $or: [{ source: ["a"] }] }, /at least two/],
  [{ $or: { source: ["a"] } }, /at least two/],
];

describe("parseEventPattern", () => {
  for (const [member, value, matches] of cases) {
    it(`${matches ? "matches" : "does not match"} ${member} by ${JSON.stringify(value)}`, () => {
      const pattern = JSON.stringify({ detail: { [member]: [value] } });
      assert.equal(parseEventPattern(pattern, "bus")(event), matches);
    });
  }

  for (const [pattern, why] of malformed) {
    it(`refuses ${JSON.stringify(pattern)}`, () => {
      const parse = () => parseEventPattern(JSON.stringify(pattern), "bus");
      assert.throws(parse, (error) => error instanceof InvalidPattern && why.test(error.message));
    });
  }

  const matches = (pattern: object) => parseEventPattern(JSON.stringify(pattern), "bus")(event);

  it("takes one of the values, and of a list one of its entries", () => {
    assert.ok(matches({ source: ["other", "example"], "detail-type": ["Made"] }));
    assert.ok(!matches({ source: ["example"], "detail-type": ["other"] }));
    assert.ok(matches({ resources: ["arn:two"] }));
    assert.ok(matches({ resources: [{ suffix: ":one" }] }));
    assert.ok(!matches({ resources: ["arn:three"] }));
  });

  it("takes one of the patterns of $or, beside what else is asked for", () => {
    const $or = [{ source: ["other"] }, { detail: { size: [{ numeric: [">", 1] }] } }];
    assert.ok(matches({ $or }));
    assert.ok(matches({ "detail-type": ["Made"], $or }));
    assert.ok(!matches({ "detail-type": ["other"], $or }));
  });

  it("looks for all that is asked for in one object of a list", () => {
    assert.ok(matches({ detail: { parts: { kind: ["a"], size: [1] } } }));
    assert.ok(!matches({ detail: { parts: { kind: ["a"], size: [2] } } }));
  });

  it("finds nothing in what is no object", () => {
    assert.ok(!matches({ source: { inner: ["example"] } }));
    assert.ok(matches({ source: { inner: [{ exists: false }] } }));
  });

  it("refuses text that is no JSON", () => {
    assert.throws(() => parseEventPattern("{", "bus"), InvalidPattern);
  });

  it("has fewer operators in filters of event sources", () => {
    const parse = (value: unknown) => () =>
      parseEventPattern(JSON.stringify({ source: [value] }), "filter");
    for (const value of [
      { wildcard: "*" },
      { cidr: "10.0.0.0/8" },
      { "anything-but": { prefix: "a" } },
    ]) {
      assert.throws(parse(value), InvalidPattern);
    }
    for (const value of [
      "a",
      null,
      { prefix: "a" },
      { "anything-but": ["a"] },
      { exists: false },
    ]) {
      assert.doesNotThrow(parse(value));
    }
  });
});
