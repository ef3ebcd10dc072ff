import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { first, shared, unitsOf } from "../scripts/test/units";

describe("npm test", () => {
  it("runs each spec once, but those that need the Pulumi CLI", () => {
    const run = unitsOf().flatMap(({ files }) => files);
    // What `npm run test:engine` runs.
    const engine = globSync("tests/engine/**/*.spec.ts");
    assert.deepEqual(
      [...run, ...engine].sort(),
      globSync("**/*.spec.ts", { exclude: ["**/node_modules/**"] }).sort(),
    );
  });

  it("knows where the specs are that go first or together", () => {
    const lost = [...shared, ...first].filter((pattern) => globSync(pattern).length === 0);
    assert.deepEqual(lost, []);
  });
});
