import assert from "node:assert/strict";
import { report } from "../../cli/run-command";
import { Redactor } from "../../cli/redactor";

describe("report", () => {
  /** What is printed of an error. */
  function printed(error: unknown): string {
    const lines: unknown[] = [];
    const { error: original } = console;
    console.error = (line: unknown) => lines.push(line);
    try {
      assert.equal(report(error, new Redactor()), 1);
    } finally {
      console.error = original;
    }
    return lines.join("\n");
  }

  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
    code: "ENOSPC",
    errno: -28,
    syscall: "write",
  });
  const sentence =
    "error: There is no room on the disk: write failed with ENOSPC. Make some, or choose another folder with --data.";

  it("says in one line that the disk is full", () => {
    assert.equal(printed(full), sentence);
  });

  it("says of each of several errors what it says of one", () => {
    assert.equal(printed(new AggregateError([full, full])), `${sentence}\n${sentence}`);
  });

  it("shows where other errors come from", () => {
    assert.match(printed(new Error("a mistake")), /^Error: a mistake\n +at /);
  });
});
