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
    const take = (period: string) => store.count("plan/key", period, 2, "2026-01-31");
    assert.deepEqual([take("a"), take("a"), take("a"), take("b")], [true, true, false, true]);
    await store.flush();
  });

  it("remembers counts over a restart and leaves no temporary file", async () => {
    const store = await open();
    store.count("plan/key", "a", 2, "2026-01-31");
    await store.flush();
    const next = await open();
    assert.deepEqual(
      [next.count("plan/key", "a", 2, "2026-01-31"), next.count("plan/key", "a", 2, "2026-01-31")],
      [true, false],
    );
    await next.flush();
    assert.deepEqual(await readdir(folder), ["usage.json"]);
  });

  it("remembers the counts of ninety days, by day", async () => {
    const store = await open();
    const dayAt = (index: number) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
    for (let index = 0; index < 92; index += 1) {
      store.count("plan/key", "a", 1000, dayAt(index));
      store.count("plan/key", "a", 1000, dayAt(index));
    }
    await store.flush();
    const days = [...(await open()).daysOf("plan/key")];
    assert.equal(days.length, 90);
    assert.deepEqual(
      [days[0], days.at(-1)],
      [
        [dayAt(2), 2],
        [dayAt(91), 2],
      ],
    );
    assert.deepEqual([...store.daysOf("plan/other")], []);
  });

  it("counts on in a file of before, which has no days", async () => {
    const text = JSON.stringify({ "plan/key": { period: "a", used: 1 } });
    await writeFile(join(folder, "usage.json"), text);
    const store = await open();
    assert.equal(store.count("plan/key", "a", 2, "2026-01-31"), true);
    assert.deepEqual([...store.daysOf("plan/key")], [["2026-01-31", 1]]);
    assert.equal(store.count("plan/key", "a", 2, "2026-01-31"), false);
    await store.flush();
  });

  it("names a file that it cannot read instead of starting from zero", async () => {
    await writeFile(join(folder, "usage.json"), "{");
    await assert.rejects(open(), /usage\.json is not readable as JSON/);
  });
});
