import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJson } from "../../aws/files";
import { report, runCommand } from "../../cli/run-command";
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

  it("says in one line that a file of the data folder is damaged, and nothing of what is in it", async () => {
    const dir = mkdtempSync(join(tmpdir(), "damaged-"));
    const file = join(dir, "a.json");
    try {
      for (const [content, reason] of [
        ["", "it is empty"],
        ['{"secret":"hu', "it is no JSON, or has lost its end"],
        ["hush", "it is no JSON, or has lost its end"],
      ] as const) {
        writeFileSync(file, content);
        const command = () => Promise.resolve(readJson(file) as number);
        const run = await runCaptured(() => runCommand(command, 0));
        assert.equal(run.exitCode, 1);
        assert.equal(
          run.stderr,
          `error: The local cloud's data cannot be read: ${file} is damaged, ${reason}. ` +
            "Put back a copy of the data folder, or give up what is in it: npm start -- --fresh.\n",
        );
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("shows where other errors come from", async () => {
    assert.match(await printed(new Error("a mistake")), /^Error: a mistake\n +at /);
  });
});
