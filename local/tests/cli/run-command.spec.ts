import assert from "node:assert/strict";
import { report } from "../../cli/run-command";
import { Redactor } from "../../cli/redactor";
import { runCaptured } from "./support/captured-run";

describe("report", () => {
  /** What is printed of an error. */
  async function printed(error: unknown): Promise<string> {
    const run = await runCaptured(() => Promise.resolve(report(error, new Redactor())));
    assert.equal(run.exitCode, 1);
    return run.stderr;
  }

  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    errno: -28,
    syscall: "write",
  });
  const sentence =
    "error: There is no room on the disk: write failed with ENOSPC. Make some, or choose another folder with --data.";

  it("says in one line that the disk is full", async () => {
    assert.equal(await printed(full), `${sentence}\n`);
  });

  it("says of each of several errors what it says of one", async () => {
    assert.equal(await printed(new AggregateError([full, full])), `${sentence}\n${sentence}\n`);
  });

  it("shows where other errors come from", async () => {
    assert.match(await printed(new Error("a mistake")), /^Error: a mistake\n +at /);
  });
});
