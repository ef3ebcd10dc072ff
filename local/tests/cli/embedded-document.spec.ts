import assert from "node:assert/strict";
import { documentIn } from "../../cli/embedded-document";

describe("A document in a text", () => {
  const json: Record<string, object> = {
    '{"a":1}': { a: 1 },
    ' {"a": null}\n': { a: null },
    "[1, 2.50]": [1, 2.5],
    "{}": {},
    "[]": [],
  };
  for (const [text, content] of Object.entries(json)) {
    it(`is JSON in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(documentIn(text), { format: "json", content });
    });
  }

  const yaml: Record<string, object> = {
    "a: 1\nb: [x, y]": { a: 1, b: ["x", "y"] },
    "- a\n- b": ["a", "b"],
    "- a: 1\n- b: 2.50": [{ a: 1 }, { b: 2.5 }],
    "[a,\nb]": ["a", "b"],
    "{a: 1,\nb: 2}": { a: 1, b: 2 },
    "--- \na: 1\nb: 2": { a: 1, b: 2 },
    "a: 1\n# c": { a: 1 },
    "1: a\n2: b": { 1: "a", 2: "b" },
    "a: ''\nb: ~\nc: {}\nd: []": { a: "", b: null, c: {}, d: [] },
    "a: 010\nb: 1_000": { a: 8, b: 1000 },
    "a: .nan\nb: yes": { a: NaN, b: "yes" },
    "a: 2001-01-01\nb: 1": { a: {}, b: 1 },
    "a: &x 1\nb: *x": { a: 1, b: 1 },
    "a:\n  <<: {x: 1}\nb: 0x10": { a: { x: 1 }, b: 16 },
    'a: !!str 1\nb: "q"': { a: "1", b: "q" },
  };
  for (const [text, content] of Object.entries(yaml)) {
    it(`is YAML in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(documentIn(text), { format: "yaml", content });
    });
  }

  const others = [
    ...["", "12", "null", "true", '"a"', "[1] x", '{"a":1}{"b":2}', "{'a':1}"],
    // YAML of one line is any text.
    ...["note: this", "a: 1\n", "\na: 1", "- a", "- a\n", "[a, b]", "{a: b}", "# c", "key:"],
    ...["hello\nworld", "Dear Sir,\nre: invoice", "a: 1\na: 2", "a: 1\n---\nb: 2", "a: 1\n---\n"],
  ];
  for (const text of others) {
    it(`is not in ${JSON.stringify(text)}`, () => {
      assert.equal(documentIn(text), undefined);
    });
  }
});
