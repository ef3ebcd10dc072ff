import assert from "node:assert/strict";
import { formatTime, parseTime, startOfPeriod } from "../../../aws/budgets/time-period";

describe("startOfPeriod", () => {
  for (const [unit, start] of [
    ["DAILY", "2026-05-31_00:00"],
    ["MONTHLY", "2026-05-01_00:00"],
    ["QUARTERLY", "2026-04-01_00:00"],
    ["ANNUALLY", "2026-01-01_00:00"],
  ] as const) {
    it(`is ${start} of what is ${unit}`, () => {
      assert.equal(formatTime(startOfPeriod(unit, parseTime("2026-05-31_12:34"))), start);
    });
  }
});
