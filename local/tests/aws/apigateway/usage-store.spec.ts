import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageStore } from "../../../aws/apigateway/usage-store";

describe("UsageStore", () => {
  let folder: string;
  const open = async () => {
    const store = new UsageStore(folder, (line) => assert.fail(line));
    await store.load();
    return store;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "usage-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("counts up to the limit, and anew in the next period", async () => {
    const store = await open();
    const take = (period: string) => store.count("plan/key", period, 2);
    assert.deepEqual([take("a"), take("a"), take("a"), take("b")], [true, true, false, true]);
    await store.flush();
  });

  it("remembers counts over a restart and leaves no temporary file", async () => {
    const store = await open();
    store.count("plan/key", "a", 2);
    await store.flush();
    const next = await open();
    assert.deepEqual(
      [next.count("plan/key", "a", 2), next.count("plan/key", "a", 2)],
      [true, false],
    );
    await next.flush();
    assert.deepEqual(await readdir(folder), ["usage.json"]);
  });

  it("names a file that it cannot read instead of starting from zero", async () => {
    await writeFile(join(folder, "usage.json"), "{");
    await assert.rejects(open(), /usage\.json is not readable as JSON/);
  });
});
