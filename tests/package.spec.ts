import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { scripts } from "../package.json";

/** The specs that a script runs. */
function specsOf(script: string): string[] {
  const patterns = [...script.matchAll(/'([^']+)'/g)].map(([, pattern = ""]) => pattern);
  return patterns.flatMap((pattern) => globSync(pattern));
}

describe("npm test", () => {
  it("runs each spec once, but those that need the Pulumi CLI", () => {
    const run = [...specsOf(scripts["test:cloud"]), ...specsOf(scripts["test:program"])];
    // What `npm run test:engine` runs.
    const engine = globSync("tests/engine/**/*.spec.ts");
    assert.deepEqual(
      [...run, ...engine].sort(),
      globSync("{tests,local/tests}/**/*.spec.ts").sort(),
    );
    assert.match(scripts.test, /npm run check/);
    assert.match(scripts.test, /npm run test:cloud/);
    assert.match(scripts.test, /npm run test:program/);
  });
});
