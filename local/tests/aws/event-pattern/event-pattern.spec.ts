import assert from "node:assert/strict";

import { parseEventPattern } from "../../../aws/event-pattern/event-pattern";
import { InvalidPattern } from "../../../aws/event-pattern/invalid-pattern";

const event = {
  source: "example",
  "detail-type": "Made",
  resources: ["arn:one", "arn:two"],
  detail: {
    name: "Photo.PNG",
    path: "/Users/dir/dir/dir/dir/dir/dir/doc.txt",
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
  ["path", { wildcard: "/Users/*/dir/dir/dir/dir/dir/doc.txt" }, true],
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
  [{}, /^Empty objects are not allowed$/],
  [{ source: "example" }, /"source" must be an object or an array/],
  [{ source: [] }, /^Empty arrays are not allowed$/],
  [{ detail: {} }, /^Empty objects are not allowed$/],
  [{ source: [["a"]] }, /^Match value must be String, number, true, false, or null$/],
  [{ source: [{ contains: "x" }] }, /Unrecognized match type contains/],
  [{ source: [{ constructor: "x" }] }, /Unrecognized match type constructor/],
  [{ source: [{ prefix: "a", suffix: "b" }] }, /Only one key/],
  [{ source: [{}] }, /^Match expression name not found$/],
  [{ source: [{ prefix: 1 }] }, /^prefix match pattern must be a string$/],
  [{ source: [{ suffix: { "equals-ignore-case": 1 } }] }, /^equals-ignore-case match pattern/],
  [{ source: [{ prefix: { wildcard: "*" } }] }, /Unsupported prefix/],
  [{ source: [{ exists: "yes" }] }, /true or false/],
  [{ source: [{ "anything-but": [] }] }, /either all values are number or string/],
  [{ source: [{ "anything-but": ["a", 1] }] }, /either all values are number or string/],
  [{ source: [{ "anything-but": ["a", null] }] }, /start\|null\|boolean is not supported\.$/],
  [{ source: [{ "anything-but": null }] }, /^Value of anything-but must be an array or single/],
  [{ source: [{ "anything-but": { numeric: ["=", 1] } }] }, /Unsupported anything-but/],
  [{ source: [{ "anything-but": { prefix: "" } }] }, /Null prefix\/suffix/],
  [{ source: [{ "anything-but": { suffix: ["a", ""] } }] }, /Null prefix\/suffix/],
  [{ source: [{ "anything-but": { suffix: [1] } }] }, /^prefix\/suffix match pattern must be/],
  [
    { source: [{ "anything-but": { "equals-ignore-case": 1 } }] },
    /^Inside anything-but\/equals-ignore-case list, number\|start\|null\|boolean is not supported\.$/,
  ],
  [
    { source: [{ "anything-but": { wildcard: [1] } }] },
    /^wildcard match pattern must be a string$/,
  ],
  [
    { source: [{ "anything-but": { prefix: { "equals-ignore-case": "a" } } }] },
    /^Value of anything-but must be/,
  ],
  [{ source: [{ numeric: 10 }] }, /^Value of numeric must be an array\.$/],
  [{ source: [{ numeric: [] }] }, /^Invalid member in numeric match/],
  [{ source: [{ numeric: [">", 1, ">", 2] }] }, /^Bad numeric range operator: >$/],
  [{ source: [{ numeric: [">", 1, "<"] }] }, /^Value of < must be numeric$/],
  [{ source: [{ numeric: ["<", 1, ">", 0] }] }, /^Too many elements in numeric expression$/],
  [
    { source: [{ numeric: [">", 0, "<", 1, "<"] }] },
    /^Too many terms in numeric range expression$/,
  ],
  [{ source: [{ numeric: [">", 1, "<", 0] }] }, /^Bottom must be less than top$/],
  [{ source: [{ numeric: ["!=", 1] }] }, /^Unrecognized numeric range operator: !=$/],
  [{ source: [{ numeric: ["=", "1"] }] }, /^Value of equals must be numeric$/],
  [{ source: [{ numeric: ["<", 5_000_000_001] }] }, /must be from/],
  [{ source: [{ cidr: "10.0.0.0" }] }, /^Malformed CIDR, one '\/' required$/],
  [{ source: [{ cidr: "10.0.0.0/all" }] }, /^Malformed CIDR, mask bits must be an integer$/],
  [{ source: [{ cidr: "10.0.0.0/32" }] }, /^IPv4 mask bits must be < 32$/],
  [{ source: [{ cidr: "::/128" }] }, /^IPv6 mask bits must be < 128$/],
  [{ source: [{ cidr: "xx.11.xx/8" }] }, /^Nonstandard IP address: xx\.11\.xx$/],
  [{ source: [{ cidr: ["10.0.0.0/8"] }] }, /^prefix match pattern must be a string$/],
  [{ source: [{ wildcard: "a**b" }] }, /^Consecutive wildcard characters at pos 2$/],
  [{ source: [{ wildcard: "*:*:*:*:*:event-bus/*" }] }, /^Rule is too complex/],
  [{ source: [{ wildcard: "a\\b" }] }, /^Invalid escape character at pos 2$/],
  [{ $or: [{ source: ["a"] }] }, /at least 2/],
  [{ $or: { source: ["a"] } }, /must be an Array/],
  [{ $or: [{ source: ["a"] }, "b"] }, /^Only JSON object is allowed in array of \$or/],
  [{ $or: [{ source: ["a"] }, { prefix: ["b"] }] }, /^prefix is Ruler reserved fieldName/],
  [
    Object.fromEntries(
      ["a", "b", "c"].map((name) => [name, { $or: Array(11).fill({ x: [1] }) }] as const),
    ),
    /^\$or has 1331 combinations; 1000 are allowed$/,
  ],
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

  it("takes a dot in a name for a level, in patterns and in events", () => {
    const levels = { detail: { "a.b": { c: 1 }, a: { b: { d: 2 } } } };
    const has = (pattern: object) => parseEventPattern(JSON.stringify(pattern), "bus")(levels);
    assert.ok(has({ detail: { a: { b: { c: [1], d: [2] } } } }));
    assert.ok(has({ "detail.a": { "b.c": [1] }, "detail.a.b.d": [2] }));
    assert.ok(!has({ detail: { a: { b: { c: [2] } } } }));
    assert.ok(!has({ detail: { "a.b.c": [{ exists: false }] } }));
  });

  it("asks for what must not be there in the object that has the rest", () => {
    const partsWith = (parts: object) => matches({ detail: { parts } });
    assert.ok(!partsWith({ kind: [{ exists: false }] }));
    assert.ok(partsWith({ other: [{ exists: false }], kind: ["a"] }));
    const holes = { parts: [{ kind: "a" }, { size: 2 }] };
    const has = (parts: object) => parseEventPattern(JSON.stringify({ parts }), "bus")(holes);
    assert.ok(has({ size: [{ exists: false }], kind: ["a"] }));
    assert.ok(!has({ size: [{ exists: false }] }));
  });

  it("takes what is said last of a member", () => {
    const $or = [{ source: ["example"] }, { source: ["third"] }];
    assert.ok(matches({ source: ["other"], $or }));
    assert.ok(!matches({ $or, source: ["other"] }));
  });

  it("looks through large lists, and for texts with much between, without trying all there is", () => {
    const has = (pattern: object, large: object) =>
      parseEventPattern(JSON.stringify(pattern), "bus")(large);
    const halves = Array.from({ length: 8000 }, (_, at) => ({ x: at % 2, y: at % 2 }));
    const apart = { x: [1], y: [0] };
    assert.ok(!has({ a: apart }, { a: halves }));
    assert.ok(has({ a: apart }, { a: [...halves, { x: 1, y: 0 }] }));
    const one = { x: [1] };
    const lists = { a: halves, b: halves, c: halves, d: halves };
    assert.ok(!has({ a: one, b: one, c: one, d: apart }, lists));
    const text = "a".repeat(10_000);
    const ends = { a: [{ wildcard: "*a*a*a*b" }] };
    assert.ok(!has(ends, { a: text }));
    assert.ok(has(ends, { a: `${text}b` }));
    assert.ok(has({ a: [{ exists: true }] }, { a: [{}, [Array(200_000).fill(1)]] }));
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
