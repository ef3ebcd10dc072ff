import assert from "node:assert/strict";
import type { Measurement } from "../../bench/support/section";
import { summaryTable } from "../../bench/support/summary";

const size = { how: "its code", unit: "KB", target: { atMost: 0.5 } } as const;
const before = (values: readonly number[]) => ({ name: "abc", values });

function tableOf(measurements: readonly Measurement[], against?: string): string[] {
  const section = { name: "size", title: "size of each function", description: "", measurements };
  return summaryTable({ sections: [section], ...(against !== undefined && { against }) })
    .split("\n")
    .slice(2)
    .map((line) => line.replaceAll(/ +/g, " "));
}

describe("summaryTable", () => {
  it("has one line for figures that are alike: their median ratio, the worst, and how many meet it", () => {
    const figures = [20, 60, 30].map((ours, index) => ({
      ...size,
      what: `function ${index}`,
      ours: [ours],
      other: before([100]),
    }));
    assert.deepEqual(tableOf(figures, "abc"), [
      "| size of each function | its code | commit abc | 0.30 × | 0.60 × | ≤ 0.5 | **2 of 3** |",
    ]);
  });

  it("takes the least for the worst where at least so much is asked for", () => {
    const target = { atLeast: 2 };
    const figures = [5, 3, 4].map((ours) => ({
      ...{ what: "GET", how: "a second", unit: "", target },
      ours: [ours],
      other: before([1]),
    }));
    assert.deepEqual(tableOf(figures), [
      "| size of each function | a second | abc | 4.00 × | 3.00 × | ≥ 2 | 3 of 3 |",
    ]);
  });

  it("names the one figure of a line, and has it where it is compared with nothing", () => {
    const alone = { what: "at rest", how: "a month", unit: "$", digits: 2, target: { atMost: 3 } };
    const ofOther = { ...size, what: "the largest", ours: [2], other: before([400]) };
    assert.deepEqual(tableOf([{ ...alone, ours: [2.91] }, ofOther]), [
      "| at rest | a month | | 2.91 $ | | ≤ 3 | 1 of 1 |",
      "| the largest | its code | abc | 0.005 × | | ≤ 0.5 | 1 of 1 |",
    ]);
  });

  it("keeps figures apart that differ in what they are, are beside, or are to be", () => {
    const one = { ...size, what: "one", ours: [1], other: before([10]) };
    const others = [
      { ...one, how: "zipped" },
      { ...one, other: { name: "packed by default", values: [10] } },
      { ...one, target: { atMost: 0.4 } },
    ];
    assert.equal(tableOf([one, ...others]).length, 4);
  });

  it("leaves out what has no target", () => {
    assert.deepEqual(tableOf([{ what: "a start", how: "CPU", unit: "s", ours: [1] }]), []);
  });
});
