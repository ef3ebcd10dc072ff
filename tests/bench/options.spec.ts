import assert from "node:assert/strict";
import { CommanderError } from "commander";
import { parseBenchOptions } from "../../bench/support/options";
import type { Section } from "../../bench/support/section";

describe("parseBenchOptions", () => {
  const named = (name: string): Section => ({
    name,
    title: `what ${name} is`,
    description: "",
    minutes: 1,
    rounds: 3,
    measure: () => Promise.resolve([]),
  });
  const all = ["small", "fast", "cheap"].map(named);

  it("measures all by default, each as often as it says, and fails on no target", () => {
    assert.deepEqual(parseBenchOptions(all, []), { sections: all, check: false });
  });

  it("takes sections in their own order, each once", () => {
    const { sections } = parseBenchOptions(all, ["cheap", "small", "cheap"]);
    assert.deepEqual(
      sections.map(({ name }) => name),
      ["small", "cheap"],
    );
  });

  it("takes what to compare with, how often to measure, and where to write", () => {
    const args = [
      "--against",
      "main",
      "--rounds",
      "7",
      "--json",
      "figures.json",
      "--check",
      "--images",
      "1000000",
      "fast",
    ];
    assert.deepEqual(parseBenchOptions(all, args), {
      sections: [all[1]],
      against: "main",
      rounds: 7,
      json: "figures.json",
      images: 1_000_000,
      check: true,
    });
  });

  for (const args of [
    ["nosuch"],
    ["fast", "nosuch"],
    ["--rounds", "0"],
    ["--rounds", "1.5"],
    ["--rounds", "1001"],
    ["--json", "no/such/folder/figures.json"],
    ["--images", "99"],
    ["--images", "1e6"],
    ["--against"],
  ]) {
    it(`refuses ${args.join(" ")}`, () => {
      assert.throws(() => parseBenchOptions(all, args), CommanderError);
    });
  }
});
