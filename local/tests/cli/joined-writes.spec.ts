import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { joinedWrites } from "../../cli/joined-writes";
import { until } from "../engine/processes";

describe("joinedWrites", () => {
  it("writes together what need not be seen at once", async () => {
    const writes: string[] = [];
    const terminal = joinedWrites({ write: (text) => writes.push(text) });
    terminal.writeSoon?.("one\n");
    terminal.writeSoon?.("two\n");
    assert.deepEqual(writes, []);
    await until(() => writes.length > 0);
    assert.deepEqual(writes, ["one\ntwo\n"]);
  });

  it("keeps the order when something is written at once", () => {
    const writes: string[] = [];
    const terminal = joinedWrites({ write: (text) => writes.push(text) });
    terminal.writeSoon?.("one\n");
    terminal.write("two\n");
    assert.deepEqual(writes, ["one\n", "two\n"]);
  });

  it("writes what waits when the process ends", () => {
    const module = join(__dirname, "..", "..", "cli", "joined-writes.ts");
    const program = `
      const { joinedWrites } = require(${JSON.stringify(module)});
      joinedWrites(process.stdout).writeSoon("one\\n");
      process.exit(3);`;
    const args = ["--import", "tsx", "--input-type=commonjs", "--eval", program];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.deepEqual([stdout, status], ["one\n", 3]);
  });
});
