import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findCommand } from "../../cli/find-command";

describe("A command", () => {
  let dir: string;
  const path = process.env.PATH;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "path-"));
    for (const folder of ["text", "modules/.bin", "first", "second"]) {
      await mkdir(join(dir, folder), { recursive: true });
      await writeFile(join(dir, folder, "tool"), "");
      await chmod(join(dir, folder, "tool"), folder === "text" ? 0o600 : 0o700);
    }
  });

  afterEach(async () => {
    process.env.PATH = path;
    await rm(dir, { recursive: true });
  });

  const find = (...folders: string[]) => {
    process.env.PATH = folders.map((folder) => join(dir, folder)).join(delimiter);
    return findCommand("tool", join(dir, "modules"));
  };

  it("is the first on the PATH that can be run", () => {
    assert.equal(find("none", "text", "first", "second"), join(dir, "first/tool"));
  });

  it("is none that belongs to the project's packages", () => {
    assert.equal(find("modules/.bin", "second"), join(dir, "second/tool"));
    assert.equal(find("modules/.bin"), undefined);
  });
});
