import assert from "node:assert/strict";
import { plainItem } from "../../../page/api/attribute-values";

describe("plainItem", () => {
  it("has values of each type as people read them", () => {
    const item = {
      text: { S: "1" },
      flag: { BOOL: false },
      nothing: { NULL: true },
      bytes: { B: "AQI=" },
      texts: { SS: ["a", "b"] },
      numbers: { NS: ["1", "-2.5"] },
      list: { L: [{ N: "1" }, { S: "x" }, { L: [] }] },
      map: { M: { inner: { M: { deep: { N: "3" } } } } },
    };
    assert.deepEqual(plainItem(item), {
      text: "1",
      flag: false,
      nothing: null,
      bytes: "AQI=",
      texts: ["a", "b"],
      numbers: [1, -2.5],
      list: [1, "x", []],
      map: { inner: { deep: 3 } },
    });
  });

  for (const [text, shown] of [
    ["0", 0],
    ["0.0", 0],
    ["-0.10", -0.1],
    ["1E+3", 1000],
    ["1000", 1000],
    ["9007199254740992", 9007199254740992],
    ["9007199254740993", "9007199254740993"],
    ["0.1000000000000000055", "0.1000000000000000055"],
    ["1e125", 1e125],
    ["12345678901234567890", "12345678901234567890"],
  ] as const) {
    it(`has ${text} as ${JSON.stringify(shown)}: no digit is lost`, () => {
      assert.deepEqual(plainItem({ number: { N: text } }), { number: shown });
    });
  }
});
