import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");

/** What mocha prints for specs of which some hooks fail, and its exit code. */
async function run(...args: string[]): Promise<{ exitCode: number | null; printed: string }> {
  const fixture = join(__dirname, "support/fixtures/failing-hooks.ts");
  const child = spawn(process.execPath, [mocha, fixture, ...args], {
    cwd: join(__dirname, ".."),
    env: { ...process.env, FORCE_COLOR: "0" },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  }
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, printed };
}

describe("The run of the tests", function () {
  this.timeout(60_000);

  it("fails with the names of all tests that were left out, and runs all others", async () => {
    const { exitCode, printed } = await run();
    assert.notEqual(exitCode, 0);
    assert.match(
      printed,
      /5 tests did not run:\n {2}before one\n {2}before inside two\n {2}before each one\n {2}before each two\n {2}after each two\n/,
    );
    assert.match(printed, /1 passing/);
  });

  it("does not take those for left out that were not asked for", async () => {
    const { exitCode, printed } = await run("--grep", "whole");
    assert.equal(exitCode, 0, printed);
    assert.match(printed, /1 passing/);
  });
});
