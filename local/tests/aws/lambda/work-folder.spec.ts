import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WorkFolder } from "../../../aws/lambda/work-folder";

describe("WorkFolder", () => {
  let folder: string;
  let records: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "work-folder-"));
    records = join(folder, "records");
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** As a process of this id left it that was killed. */
  async function leave(name: string, pid: number): Promise<string> {
    const path = join(folder, name);
    await mkdir(path);
    await writeFile(join(path, "index.mjs"), "");
    await mkdir(records, { recursive: true });
    await writeFile(join(records, `${name}.json`), JSON.stringify({ path, pid }));
    return path;
  }

  /** The id of a process that is over. */
  const deadPid = () => spawnSync(process.execPath, ["--version"]).pid;

  it("is a folder of its own, until it is removed", async () => {
    const one = new WorkFolder(records);
    await one.make();
    const path = one.path ?? assert.fail();
    assert.ok(existsSync(path));
    await one.remove();
    assert.ok(!existsSync(path));
    assert.deepEqual(await readdir(records), []);
  });

  it("removes what a process left that is no more", async () => {
    const left = await leave("lambda-0123456789ab", deadPid());
    const next = new WorkFolder(records);
    await next.make();
    assert.ok(!existsSync(left));
    assert.equal((await readdir(records)).length, 1);
    await next.remove();
  });

  it("removes nothing of a process that lives, and nothing that is no such folder", async () => {
    const living = await leave("lambda-0123456789ab", process.pid);
    const other = await leave("important", deadPid());
    const next = new WorkFolder(records);
    await next.make();
    assert.ok(existsSync(living));
    assert.ok(existsSync(other));
    await next.remove();
    assert.deepEqual(await readdir(records), ["lambda-0123456789ab.json"]);
  });
});
