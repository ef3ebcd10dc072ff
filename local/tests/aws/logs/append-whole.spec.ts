import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const module = join(__dirname, "../../../aws/logs/append-whole.ts");

/** Appends where a file of more than 1 KB is refused; what is past it fails in the middle of a write. */
const program = `
import { openSync } from "node:fs";
import { appendWhole } from ${JSON.stringify(module)};
process.on("SIGXFSZ", () => {});
try {
  appendWhole(openSync(process.argv.at(-1), "a"), "x".repeat(1500));
} catch (error) {
  console.log(error.code);
}`;

describe("appendWhole", function () {
  this.timeout(30_000);

  it("leaves nothing of a text that there is room for a part of", () => {
    const folder = mkdtempSync(join(tmpdir(), "append-whole-"));
    try {
      const [script, file] = [join(folder, "append.mts"), join(folder, "file")];
      writeFileSync(script, program);
      writeFileSync(file, "before\n");
      const { stdout, stderr } = spawnSync(
        "bash",
        ["-c", 'ulimit -f 1; exec "$0" --import tsx "$1" "$2"', process.execPath, script, file],
        { cwd: __dirname, encoding: "utf8" },
      );
      assert.deepEqual([stdout, stderr], ["EFBIG\n", ""]);
      assert.equal(readFileSync(file, "utf8"), "before\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
