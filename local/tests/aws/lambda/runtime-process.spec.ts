import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { isAlive } from "./support/local-lambda";

describe("RuntimeProcess", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "killed-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("ends by itself when Lambda is killed", async () => {
    const program = join(__dirname, "support/run-until-killed.ts");
    const lambda = spawn(process.execPath, ["--import", "tsx", program], {
      // What is killed cannot remove its temporary folders.
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(lambda.stdout), "line")) as [string];
    const pid = Number(line);
    assert.ok(isAlive(pid));
    lambda.kill("SIGKILL");
    // The test's own timeout bounds the wait.
    while (isAlive(pid)) {
      await new Promise(setImmediate);
    }
  });
});
