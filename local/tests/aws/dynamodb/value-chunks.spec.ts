import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type Level, type LevelIterator, type LevelRange } from "dynalite/db";
import { readInChunks } from "../../../aws/dynamodb/value-chunks";

const all: LevelRange = { gte: "a", lt: "b" };

describe("chunks of values", () => {
  let folder: string;
  let db: Level;
  let iterators: { isClosed: boolean; reads: number }[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "value-chunks-"));
    ({ db } = create({ path: folder }));
    readInChunks(db);
    // It is open by then: what is asked before that, it asks itself again.
    await db.get("none");
    iterators = [];
    const values = db.values.bind(db);
    db.values = (range) => watched(values(range));
  });

  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });

  function watched(iterator: LevelIterator): LevelIterator {
    const seen = { isClosed: false, reads: 0 };
    iterators.push(seen);
    return {
      nextv: (size) => {
        seen.reads += 1;
        return iterator.nextv(size);
      },
      close: async () => {
        await iterator.close();
        seen.isClosed = true;
      },
    };
  }

  async function put(count: number, text = ""): Promise<void> {
    const keys = Array.from({ length: count }, (_, index) => `a${String(index).padStart(4, "0")}`);
    await db.batch(keys.map((key) => ({ type: "put", key, value: { key, text } })));
  }

  async function read(range: LevelRange, most = Number.POSITIVE_INFINITY): Promise<unknown[]> {
    const values: unknown[] = [];
    for await (const chunk of db.createValueStream(range)) {
      values.push(...chunk);
      if (values.length >= most) {
        break;
      }
    }
    return values;
  }

  it("have all values of a range, in its order, and close what they read by", async () => {
    await put(250);
    const values = (await read(all)) as { key: string }[];
    assert.deepEqual(
      values.map(({ key }) => key),
      Array.from({ length: 250 }, (_, index) => `a${String(index).padStart(4, "0")}`),
    );
    assert.deepEqual(iterators, [{ isClosed: true, reads: 4 }]);
  });

  it("read some values at once", async () => {
    await put(30);
    assert.equal((await read({ ...all, limit: 21 })).length, 21);
    assert.deepEqual(iterators, [{ isClosed: true, reads: 2 }]);
  });

  it("read no more than some values ahead when they are long", async () => {
    await put(30, "x".repeat(40_000));
    assert.ok((await read(all, 2)).length <= 4);
    assert.ok(iterators[0]?.isClosed);
    assert.ok(iterators[0].reads <= 2, `in ${iterators[0].reads} reads`);
  });

  it("end at once where there is nothing", async () => {
    assert.deepEqual(await read(all), []);
    assert.deepEqual(iterators, [{ isClosed: true, reads: 1 }]);
  });

  it("tell of what fails", async () => {
    db.values = () => ({
      nextv: () => Promise.reject(new Error("no disk")),
      close: () => Promise.resolve(),
    });
    await assert.rejects(read(all), { message: "no disk" });
  });
});
