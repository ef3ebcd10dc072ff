import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { isAlive, until } from "./processes";

const processGroup = join(__dirname, "../../engine/process-group.ts");

/** Starts a child of its own, tells both ids, and never ends. */
const leader = `
const child = require("node:child_process").fork(__filename, ["child"]);
console.log(JSON.stringify([process.pid, child.pid, process.env.LOCAL_RUN_PARENT_PIPE ?? null]));
`;

const waiting = "setInterval(() => {}, 1000);";

describe("A process group", function () {
  this.timeout(30_000);

  it("ends with all that is in it when who started it is killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "process-group-"));
    try {
      const [script, parentScript] = [join(folder, "leader.cjs"), join(folder, "parent.mts")];
      writeFileSync(script, `if (process.argv[2] !== "child") {${leader}}\n${waiting}`);
      writeFileSync(
        parentScript,
        `import { spawnGroup } from ${JSON.stringify(processGroup)};
        spawnGroup([${JSON.stringify(script)}], ".", process.env).stdout.pipe(process.stdout);`,
      );
      const parent = spawn(process.execPath, ["--import", "tsx", parentScript], {
        cwd: __dirname,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
      const [pid, childPid, pipe] = JSON.parse(line) as [number, number, unknown];
      assert.deepEqual([pid, childPid].map(isAlive), [true, true]);
      assert.equal(pipe, null);
      parent.kill("SIGKILL");
      await until(() => ![pid, childPid].some(isAlive));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
