import assert from "node:assert/strict";
import { filterPattern } from "../../../aws/logs/filter-pattern";

describe("filterPattern", () => {
  const messages = ["ERROR one", "WARN two", "ERROR a two words", 'said "hi"'];
  const cases: [pattern: string, expected: string[]][] = [
    ["", messages],
    ["ERROR", ["ERROR one", "ERROR a two words"]],
    ["ERROR words", ["ERROR a two words"]],
    ['"two words"', ["ERROR a two words"]],
    ["?one ?WARN", ["ERROR one", "WARN two"]],
    ["ERROR -one", ["ERROR a two words"]],
    ['"said \\"hi\\""', ['said "hi"']],
    ["error", []],
  ];
  for (const [pattern, expected] of cases) {
    it(`takes ${pattern === "" ? "everything without a pattern" : pattern}`, () => {
      assert.deepEqual(messages.filter(filterPattern(pattern)), expected);
    });
  }

  for (const pattern of ["{ $.level = 1 }", "[ip, user]", "%a+%"]) {
    it(`refuses ${pattern}, which is not emulated`, () => {
      assert.throws(() => filterPattern(pattern), { code: "NotImplemented", statusCode: 501 });
    });
  }
});
