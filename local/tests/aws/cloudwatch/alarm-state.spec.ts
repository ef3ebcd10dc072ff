import assert from "node:assert/strict";
import { nextState } from "../../../aws/cloudwatch/alarm-state";
import type { AlarmState, PeriodVerdict } from "../../../aws/cloudwatch/alarm-state";

const treatments = ["missing", "ignore", "breaching", "notBreaching"] as const;
type Row = [string, ...(AlarmState | "stays")[]];

/** Oldest first, as in AWS's tables: `0` is within the threshold, `X` breaches, `-` is missing. */
function verdicts(pattern: string): PeriodVerdict[] {
  const meaning = { "0": "notBreaching", X: "breaching", "-": undefined } as const;
  return pattern
    .split(" ")
    .map((symbol) => meaning[symbol as keyof typeof meaning])
    .toReversed();
}

function check(datapointsToAlarm: number, [pattern, ...expected]: Row): void {
  for (const [index, treatMissingData] of treatments.entries()) {
    it(`${pattern} with missing data treated as ${treatMissingData}: ${expected[index] ?? ""}`, () => {
      const state = nextState(verdicts(pattern), {
        datapointsToAlarm,
        evaluationPeriods: 3,
        treatMissingData,
      });
      assert.equal(state ?? "stays", expected[index]);
    });
  }
}

describe("nextState", () => {
  describe("3 out of 3", () => {
    const rows: Row[] = [
      ["0 - X - X", "OK", "OK", "OK", "OK"],
      ["- - - - 0", "OK", "OK", "OK", "OK"],
      ["- - - - -", "INSUFFICIENT_DATA", "stays", "ALARM", "OK"],
      ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["- - X - -", "ALARM", "stays", "ALARM", "OK"],
      ["- - - - X", "stays", "stays", "ALARM", "OK"],
      ["X X X X 0", "OK", "OK", "OK", "OK"],
    ];
    for (const row of rows) {
      check(3, row);
    }
  });

  describe("2 out of 3", () => {
    const rows: Row[] = [
      ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 - X - -", "OK", "OK", "ALARM", "OK"],
      ["- - - - 0", "OK", "OK", "ALARM", "OK"],
      ["- - - X -", "ALARM", "stays", "ALARM", "OK"],
      ["X X 0 0 X", "OK", "OK", "OK", "OK"],
    ];
    for (const row of rows) {
      check(2, row);
    }
  });
});
