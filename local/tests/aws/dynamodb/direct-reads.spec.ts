import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { create, type Level } from "dynalite/db";

import { promised } from "../../../aws/dynamodb/action";
import { readDirectly } from "../../../aws/dynamodb/direct-reads";

describe("readDirectly", () => {
  let folder: string;
  let db: Level;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "level-"));
    ({ db } = create({ path: folder }));
    readDirectly(db);
  });

  afterEach(async () => {
    await db.close();
    await rm(folder, { recursive: true });
  });

  const read = (key: string) => promised((done) => void db.get(key, done));

  it("reads what was written, and nothing where nothing was", async () => {
    await db.batch([{ type: "put", key: "a", value: { n: 1 } }]);
    assert.deepEqual(await read("a"), { n: 1 });
    assert.equal(await read("b"), undefined);
  });

  it("waits for the database to open", async () => {
    assert.equal(db.status, "opening");
    assert.equal(await read("a"), undefined);
  });

  it("leaves reads without a callback as they are", async () => {
    await db.batch([{ type: "put", key: "a", value: { n: 1 } }]);
    assert.deepEqual(await db.get("a"), { n: 1 });
  });

  it("hands over why a value cannot be read", async () => {
    await db.batch([]);
    await assert.rejects(read(undefined as unknown as string), /null or undefined/);
  });
});
