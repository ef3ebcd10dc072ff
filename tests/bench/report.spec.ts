import assert from "node:assert/strict";
import { type Measured, reportJson, reportNotes, reportTable } from "../../bench/support/report";

const measured: Measured[] = [
  {
    section: { name: "fast", title: "how fast", description: "Of a fresh process." },
    measurements: [
      {
        what: "a start",
        how: "CPU",
        unit: "s",
        ours: [1, 3, 2, 4],
        other: { name: "before", values: [2, 6, 4, 8] },
        target: { atMost: 0.5 },
      },
      { what: "a stop", how: "CPU", unit: "ms", digits: 0, ours: [12.4], target: { atLeast: 20 } },
      { what: "a pause", how: "CPU", unit: "ms", digits: 2, ours: [0.126] },
    ],
  },
];

describe("reportTable", () => {
  it("has a line a figure: medians and spread, ratio, target, and whether it is met", () => {
    assert.deepEqual(
      reportTable(measured)
        .split("\n")
        .map((line) => line.replaceAll(/ +/g, " ")),
      [
        "| section | what | how | this | beside it | ÷ | target | |",
        "| ------- | ------- | --- | ----------------- | ------------------------- | ---- | ------ | ---------- |",
        "| fast | a start | CPU | 3.0 (2.0 – 4.0) s | before: 6.0 (4.0 – 8.0) s | 0.50 | ≤ 0.5 | met |",
        "| fast | a stop | CPU | 12 ms | | | ≥ 20 | **missed** |",
        "| fast | a pause | CPU | 0.13 ms | | | | |",
      ],
    );
  });
});

describe("reportNotes", () => {
  it("says of each section what it measures", () => {
    assert.equal(reportNotes(measured), "- **fast**: Of a fresh process.");
  });
});

describe("reportJson", () => {
  it("has all values, with what follows from them and the circumstances", () => {
    const under = {
      at: "2026-11-29T07:00:00.000Z",
      machine: "2 cores",
      node: "v24",
      commit: "abc",
    };
    assert.deepEqual(JSON.parse(reportJson(measured, under)), {
      ...under,
      sections: [
        {
          ...measured[0]?.section,
          measurements: [
            { ...measured[0]?.measurements[0], median: 3, ratio: 0.5, isMet: true },
            { ...measured[0]?.measurements[1], median: 12.4, isMet: false },
            { ...measured[0]?.measurements[2], median: 0.126 },
          ],
        },
      ],
    });
  });
});
