import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const source = join(__dirname, "..", "..", "cli", "optimize-sooner.ts");

/** Calls that are made at most. */
const maxCalls = 10_000;

/** Prints how often a function has been called when it was optimized by the best compiler. */
const callsUntilOptimized = (before: string): number => {
  const script = `
    const { optimizeSooner } = require(${JSON.stringify(source)});
    ${before}
    const f = (o) => o.a + o.b * 2 + String(o.c).length + [o.a, o.b].map((x) => x + 1).length;
    const isTurboFanned = () => (%GetOptimizationStatus(f) & 64) !== 0;
    let calls = 0;
    while (calls < ${maxCalls} && !isTurboFanned()) {
      f({ a: calls, b: 2, c: "x" });
      calls += 1;
    }
    console.log(calls);`;
  const flags = ["--allow-natives-syntax", "--no-concurrent-recompilation", "--import", "tsx"];
  return Number(execFileSync(process.execPath, [...flags, "-e", script], { encoding: "utf8" }));
};

describe("optimizeSooner", () => {
  it("has functions optimized after fewer calls", () => {
    const sooner = callsUntilOptimized("optimizeSooner();");
    const byDefault = callsUntilOptimized("");
    assert.ok(sooner < byDefault, `after ${sooner} calls instead of ${byDefault}`);
    assert.ok(sooner < maxCalls);
  });
});
