import assert from "node:assert/strict";
import type { AlarmState } from "../../../aws/cloudwatch/alarm-state";
import { alarmsOf, holds, parseRule } from "../../../aws/cloudwatch/composite-rule";

const states: Record<string, AlarmState> = {
  a: "ALARM",
  o: "OK",
  i: "INSUFFICIENT_DATA",
  "with space": "ALARM",
  "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a": "ALARM",
};

function evaluate(text: string): boolean {
  return holds(parseRule(text), (alarm) => {
    const state = states[alarm];
    assert.ok(state, alarm);
    return state;
  });
}

describe("parseRule", () => {
  const examples: [string, boolean][] = [
    ["ALARM(a)", true],
    ['ALARM("a")', true],
    ['ALARM("with space")', true],
    ["ALARM(with space)", true],
    ["ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:a)", true],
    ["ALARM(i)", false],
    ["OK(i)", false],
    ["INSUFFICIENT_DATA(i)", true],
    ["NOT ALARM(i)", true],
    ["NOT NOT OK(o)", true],
    ["TRUE", true],
    ["FALSE OR ALARM(a)", true],
    ["ALARM(o) AND FALSE OR TRUE", true],
    ["TRUE OR ALARM(o) AND FALSE", true],
    ["(TRUE OR ALARM(o)) AND FALSE", false],
    ["(ALARM(a) OR ALARM(o)) AND OK(o)", true],
    ["ALARM(a)\n  AND NOT (ALARM(o) OR ALARM(i))", true],
    ["AT_LEAST(2, ALARM, (a, o, i))", false],
    ["AT_LEAST(1, ALARM, (a, o, i))", true],
    ['AT_LEAST(60%, NOT OK, ("a", o, i))', true],
    ["AT_LEAST(70%, NOT OK, (a, o, i))", false],
  ];
  for (const [text, expected] of examples) {
    it(`${expected ? "holds" : "does not hold"} for ${text}`, () => {
      assert.equal(evaluate(text), expected);
    });
  }

  const refused = [
    "",
    "a",
    "ALARM",
    "ALARM()",
    "ALARM(a",
    "ALARM(a) OR",
    "ALARM(a) ALARM(o)",
    "alarm(a)",
    "ALARM(a) XOR ALARM(o)",
    "(ALARM(a)",
    "ALARM(a))",
    "AT_LEAST(2, ALARM, a, o)",
    Array.from({ length: 101 }, (_, index) => `OK(${index})`).join(" OR "),
    Array.from({ length: 501 }, () => "TRUE").join(" OR "),
    `OK(${"a".repeat(10_240)})`,
  ];
  for (const text of refused) {
    it(`refuses "${text.slice(0, 40)}"`, () => {
      assert.throws(() => parseRule(text), { code: "ValidationError" });
    });
  }
});

describe("alarmsOf", () => {
  it("are those of all parts of a rule", () => {
    const rule = parseRule("NOT ALARM(a) AND (TRUE OR OK(b)) OR AT_LEAST(1, ALARM, (c, d))");
    assert.deepEqual(alarmsOf(rule), ["a", "b", "c", "d"]);
  });
});
