import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");

/** What mocha prints for specs in which something goes wrong, and its exit code. */
async function run(
  fixture: string,
  ...args: string[]
): Promise<{ exitCode: number | null; printed: string }> {
  const file = join(__dirname, "support/fixtures", fixture);
  const child = spawn(process.execPath, [mocha, file, ...args], {
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
    const { exitCode, printed } = await run("failing-hooks.ts");
    assert.notEqual(exitCode, 0);
    assert.match(
      printed,
      /5 tests did not run:\n {2}before one\n {2}before inside two\n {2}before each one\n {2}before each two\n {2}after each two\n/,
    );
    assert.match(printed, /1 passing/);
  });

  it("does not take those for left out that were not asked for", async () => {
    const { exitCode, printed } = await run("failing-hooks.ts", "--grep", "whole");
    assert.equal(exitCode, 0, printed);
    assert.match(printed, /1 passing/);
  });

  it("fails the test that an error comes from, and no other one", async () => {
    const { exitCode, printed } = await run("late-errors.ts");
    assert.notEqual(exitCode, 0);
    assert.match(printed, /\b7 passing/);
    assert.match(
      printed,
      /late\n +fails by what it does not wait for:\n +Error: rejected in the middle\n/,
    );
    assert.match(
      printed,
      /all\n +fails by what the server throws:\n +AssertionError.*: thrown by the server\n/,
    );
    assert.doesNotMatch(printed, /tests did not run/);
  });

  it("tells which tests had caused errors that came when they were over", async () => {
    const { printed } = await run("late-errors.ts");
    for (const [title, error] of [
      ["late takes too long", "rejected when it was over"],
      ["late passes", "rejected when it had passed"],
      ["late passes, too", "thrown by a timer"],
      ["late fails by what it does not wait for", "rejected once more"],
    ] as const) {
      assert.ok(printed.includes(`  ${title}:\n    Error: ${error}\n`), `${title}\n${printed}`);
    }
  });

  it("fails by what comes after its end", async () => {
    const { exitCode, printed } = await run("late-errors.ts", "--grep", "after the run");
    assert.equal(exitCode, 1);
    assert.match(printed, /1 passing/);
    assert.match(printed, /outside of all tests:\n +Error: thrown after the run/);
  });

  it("fails when a test ends its process with success", async () => {
    const { exitCode, printed } = await run("ended-process.ts");
    assert.equal(exitCode, 1);
    assert.match(printed, /The process was ended in the middle of ended ends the process\./);
    assert.match(
      printed,
      /2 tests did not run:\n {2}ended ends the process\n {2}ended is the same\n/,
    );
  });
});
