import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

const script = join(__dirname, "../../scripts/test-engine.ts");

/** Runs it where there is no CLI. */
function run(...args: string[]) {
  return spawnSync(process.execPath, ["--import", "tsx", script, ...args], {
    encoding: "utf8",
    env: { ...process.env, PATH: dirname(script) },
  });
}

describe("npm run test:engine", () => {
  it("says that there is no CLI, and passes", () => {
    const { status, stdout } = run();
    assert.match(stdout, /^There is no Pulumi CLI on the PATH/);
    assert.equal(status, 0);
  });

  it("fails without a CLI where it is required", () => {
    assert.equal(run("--required").status, 1);
  });
});
