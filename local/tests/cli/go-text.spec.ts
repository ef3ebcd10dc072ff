import assert from "node:assert/strict";
import { numberText, quotedText } from "../../cli/go-text";

describe("Text as Go writes it", () => {
  const numbers: [number, string][] = [
    [0, "0"],
    [-0, "-0"],
    [1234567, "1234567"],
    [-1.5, "-1.5"],
    [0.30000000000000004, "0.30000000000000004"],
    [99999.99, "99999.99"],
    [123456.5, "123456.5"],
    [999999.5, "999999.5"],
    [1234567.5, "1.2345675e+06"],
    [123456789.5, "1.234567895e+08"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001234, "1.234e-05"],
    [-0.00001, "-1e-05"],
    [1e-300, "1e-300"],
    [2 ** 64, "18446744073709551616"],
    [1e22, "10000000000000000000000"],
    [NaN, "NaN"],
    [Infinity, "+Inf"],
    [-Infinity, "-Inf"],
  ];
  for (const [value, text] of numbers) {
    it(`is ${text} for a number`, () => {
      assert.equal(numberText(value), text);
    });
  }

  const quotes: [string, string][] = [
    ["a\nb", '"a\\nb"'],
    [' "q" \\', '" \\"q\\" \\\\"'],
    ["\0\x01\x1f\x7f\t\r\v\f\b\x07", '"\\x00\\x01\\x1f\\x7f\\t\\r\\v\\f\\b\\a"'],
    ["é<>&😀", '"é<>&😀"'],
    [
      "\u00a0\u00ad\u200b\ufeff\ue000\u2028\u{e0001}",
      '"\\u00a0\\u00ad\\u200b\\ufeff\\ue000\\u2028\\U000e0001"',
    ],
  ];
  for (const [text, quoted] of quotes) {
    it(`is ${quoted} in quotes`, () => {
      assert.equal(quotedText(text), quoted);
    });
  }
});
