import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { openDataFolder } from "../../cli/data-folder";

describe("openDataFolder", () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "data-"));
  });

  afterEach(() => rm(dir, { recursive: true }));

  /** Opens and releases the folder once, so that it is known as ours. */
  async function prepare(): Promise<void> {
    await (await openDataFolder(dir, false)).release();
  }

  it("makes a folder that only its owner can look into", async () => {
    const { path, release } = await openDataFolder(join(dir, "a", "b"), false);
    assert.equal((await stat(path)).mode & 0o777, 0o700);
    await release();
  });

  for (const [what, path, said] of [
    // A folder of the kernel's, where there is one, takes no other.
    ...(process.platform === "linux"
      ? [["there can be none", "/proc/none/of/it", "no such file or directory"] as const]
      : []),
    ["a file is in the way", join(__filename, "data"), "not a directory"],
    ["there is a file", __filename, "file already exists"],
  ] as const) {
    it(`says what the system says where ${what}, and ends`, async () => {
      await assert.rejects(openDataFolder(path, false), {
        name: "UserError",
        message: `The folder ${path} cannot be used: ${said}; choose another one with --data.`,
      });
    });
  }

  it("keeps what an earlier run stored", async () => {
    await prepare();
    await writeFile(join(dir, "stored"), "");
    const { release } = await openDataFolder(dir, false);
    assert.ok((await readdir(dir)).includes("stored"));
    await release();
  });

  it("removes what an earlier run stored when a fresh start is asked for", async () => {
    await prepare();
    await mkdir(join(dir, "s3"));
    await writeFile(join(dir, "s3", "stored"), "");
    const { release } = await openDataFolder(dir, true);
    assert.ok(!(await readdir(dir)).includes("s3"));
    await release();
    assert.deepEqual(await readdir(dir), [".local-cloud"]);
  });

  it("never empties a folder that is in use", async () => {
    await prepare();
    await writeFile(join(dir, "stored"), "");
    // The parent of this process is alive, and is another one.
    await writeFile(join(dir, `run-${process.ppid}.lock`), "");
    await assert.rejects(openDataFolder(dir, true), {
      name: "UserError",
      message: new RegExp(`in use by process ${process.ppid};`),
    });
    assert.deepEqual(await readdir(dir), [".local-cloud", `run-${process.ppid}.lock`, "stored"]);
  });

  it("takes a folder over from a process that is dead", async () => {
    await prepare();
    const dead = spawnSync(process.execPath, ["--version"]).pid;
    await writeFile(join(dir, `run-${dead}.lock`), "");
    const { release } = await openDataFolder(dir, false);
    assert.deepEqual(await readdir(dir), [".local-cloud", `run-${process.pid}.lock`]);
    await release();
  });

  it("refuses a folder that holds something else", async () => {
    await writeFile(join(dir, "thesis.txt"), "");
    await assert.rejects(openDataFolder(dir, true), { name: "UserError" });
    assert.deepEqual(await readdir(dir), ["thesis.txt"]);
  });
});
