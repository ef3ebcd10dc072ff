import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const projectDir = path.join(__dirname, "../..");

describe("npm run policy -- -C bootstrap", function () {
  // Loads a program and the pack.
  this.timeout(120_000);

  for (const mode of [[], ["--preview"]]) {
    it(`finds no violation (${mode.join("") || "as deployed"})`, () => {
      const args = ["-C", "bootstrap", "--stack", "account", "-c", "repository=acme/darkroom"];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["local/launch.mjs", "policy", ...args, "--json", ...mode],
        { cwd: projectDir, encoding: "utf8" },
      );
      assert.equal(status, 0, stderr);
      const { violations } = JSON.parse(stdout) as { violations: { message: string }[] };
      assert.deepEqual(
        violations.filter(({ message }) => !message.startsWith("can't run policy")),
        [],
      );
    });
  }
});
