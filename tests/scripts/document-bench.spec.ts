import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { sections } from "../../bench/sections";
import type { Report } from "../../bench/support/report";
import { documentBench, lastReport, readmeWithBench } from "../../scripts/document-bench";

const report: Report = {
  at: "2026-11-29T07:00:00.000Z",
  machine: "2 cores",
  node: "v24",
  commit: "abc",
  against: "def",
  sections: [
    {
      name: "cost",
      title: "what a stack costs",
      description: "List prices.",
      measurements: [
        { what: "at rest", how: "a month", unit: "$", ours: [2.9], target: { atMost: 3 } },
        { what: "a day", how: "a day", unit: "$", ours: [0.1] },
      ],
    },
  ],
};

describe("docs/bench.md", () => {
  it("has what was measured last", async () => {
    assert.equal(readFileSync("docs/bench.md", "utf8"), await documentBench(lastReport()));
  });

  it("names the machine and the command, and has all figures", async () => {
    const text = await documentBench(report);
    assert.ok(text.includes("On 2 cores, Node.js v24, commit `abc`, 2026-11-29:"));
    assert.ok(text.includes("npm run bench -- cost --against def --json bench/results.json"));
    assert.match(text, /### What a stack costs\n\nList prices\./);
    assert.match(text, /\| cost +\| a day +\| a day +\| 0\.1 \$ /);
  });

  it("is about sections that there are", () => {
    const names = sections.map(({ name }) => name);
    const measured = lastReport().sections.map(({ name }) => name);
    assert.ok(measured.length > 0);
    assert.deepEqual(
      measured.filter((name) => !names.includes(name)),
      [],
    );
  });
});

describe("README.md", () => {
  const readme = readFileSync("README.md", "utf8");

  it("has the figures with a target that were measured last", async () => {
    assert.equal(readme, await readmeWithBench(readme, lastReport()));
  });

  it("gets a line for each kind of figure that has a target, and for no other", async () => {
    const text = await readmeWithBench(readme, report);
    assert.match(text, /On 2 cores, Node\.js v24, commit `abc`, 2026-11-29:/);
    assert.match(text, /\| at rest +\| a month +\| +\| 2\.9 \$ +\| +\| ≤ 3 +\| 1 of 1 +\|/);
    assert.doesNotMatch(text, /\| a day +\| a day/);
  });

  it("has to have the place for them", async () => {
    await assert.rejects(readmeWithBench("# Readme", report), /README\.md lacks <!-- bench:/);
  });
});
