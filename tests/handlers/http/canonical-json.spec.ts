import assert from "node:assert/strict";
import { canonicalJson } from "../../../handlers/http/canonical-json";
import { parseExactly } from "../../../handlers/http/json";

function canonical(text: string): string {
  return canonicalJson(parseExactly(text));
}

describe("canonicalJson", () => {
  for (const [what, ...texts] of [
    ["the order of members", '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
    ["white space", '{"a":[1,2]}', ' {\t"a" : [ 1 ,\r\n2 ] } '],
    ["escapes", '"Aé/😀"', '"\\u0041\\u00E9\\/\\ud83d\\uDE00"'],
    ["the form of a number", "[120.5]", "[120.50]", "[1.205e2]", "[1205E-1]", "[0.1205e+3]"],
    [
      "the form of an integer",
      "[1]",
      "[1.0]",
      "[1e0]",
      "[10e-1]",
      "[0.1E1]",
      "[1.0000000000000000]",
    ],
    ["the form of zero", "[0]", "[-0]", "[0.0]", "[0e9]", "[-0.000E-7]"],
    [
      "the form of what JavaScript rounds",
      "[12345678901234567890]",
      "[1234567890123456789e1]",
      "[12345678901234567890.00]",
    ],
    ["the form of what JavaScript calls infinite", "[1e400]", "[10E399]"],
    ["a number among exact ones", '{"a":1.10,"b":2e0}', '{"b":2,"a":1.1}'],
    ["a member that is overridden", '{"a":1,"a":2}', '{"a":2}'],
  ] as const) {
    it(`passes over ${what}`, () => {
      assert.deepEqual([...new Set(texts.map(canonical))], [canonical(texts[0])]);
    });
  }

  it("tells every other difference", () => {
    const texts = [
      ...["null", "true", "false", "0", "1", "-1", "10", "0.1", '""', '"1"', '"null"', "[]", "{}"],
      ...["[1,2]", "[2,1]", "[[1],2]", "[12]", '{"a":1}', '{"a":"1"}', '{"a":[1]}', '{"A":1}'],
      ...['{"a":null}', '{"a":{}}', '{"a":1,"b":2}', '{"a":2,"b":1}', '{"__proto__":1}', '"é"'],
      ...['"e\\u0301"', '"\\ud800"', '"\\udc00"', "1e400", "1e401", "-1e400", "1e-400"],
      ...["12345678901234567890", "12345678901234567891", "0.1000000000000000055"],
    ];
    assert.equal(new Set(texts.map(canonical)).size, texts.length);
  });

  it("takes no time to speak of on a number of many zeros", () => {
    const zeros = "0".repeat(250_000);
    assert.equal(canonical(`1${zeros}1`), `1${zeros}1e0`);
    assert.equal(canonical(`0.${zeros}1`), "1e-250001");
    assert.equal(canonical(`1${zeros}`), "1e250000");
  });
});
