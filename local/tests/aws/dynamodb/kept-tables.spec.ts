import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type Done, type GetTable, type Store, type StoredTable } from "dynalite/db";
import { promised } from "../../../aws/dynamodb/action";
import { keepTables } from "../../../aws/dynamodb/kept-tables";

const described = (sortKey: string): StoredTable => ({
  KeySchema: [
    { AttributeName: "id", KeyType: "HASH" },
    { AttributeName: sortKey, KeyType: "RANGE" },
  ],
});
/** What dynalite looks for. */
const withStatus = (TableStatus: string, sortKey = "at") => ({
  ...described(sortKey),
  TableStatus,
});

describe("kept descriptions of tables", () => {
  let folder: string;
  let store: Store;
  let reads: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "kept-tables-"));
    store = create({ path: folder });
    reads = [];
    const { getTable } = store;
    store.getTable = ((name: string, ...rest: [Done<StoredTable>]) => {
      reads.push(name);
      getTable(name, ...rest);
    }) as GetTable;
    keepTables(store);
    await store.db.get("none");
    await write("ACTIVE");
  });

  afterEach(async () => {
    await store.db.close();
    rmSync(folder, { recursive: true });
  });

  async function write(status: string, sortKey?: string): Promise<void> {
    await promised((done) => {
      store.tableDb.put("images", withStatus(status, sortKey), done);
    });
  }

  const tableForItems = async () =>
    promised<StoredTable>((done) => {
      store.getTable("images", done);
    });

  it("are read once for all items", async () => {
    const [first, second] = [await tableForItems(), await tableForItems()];
    assert.deepEqual(second, withStatus("ACTIVE"));
    assert.equal(second, first);
    assert.deepEqual(reads, ["images"]);
  });

  it("are read by each who asks for tables that are not active, too", async () => {
    await tableForItems();
    const read = promised<StoredTable>((done) => {
      store.getTable("images", false, done);
    });
    assert.deepEqual(await read, withStatus("ACTIVE"));
    assert.deepEqual(reads, ["images", "images"]);
  });

  it("end with the table that they are of", async () => {
    await tableForItems();
    await write("DELETING");
    await assert.rejects(tableForItems(), { code: "ResourceNotFoundException" });
    await promised((done) => {
      store.tableDb.del("images", done);
    });
    await assert.rejects(tableForItems(), { code: "ResourceNotFoundException" });
  });

  it("are those of a table that is made anew", async () => {
    await tableForItems();
    await write("ACTIVE", "other");
    assert.deepEqual(await tableForItems(), withStatus("ACTIVE", "other"));
  });

  it("are not those that were read before a write, and came after it", async () => {
    const written = write("ACTIVE", "other");
    await Promise.all([tableForItems(), written, tableForItems()]);
    assert.deepEqual(await tableForItems(), withStatus("ACTIVE", "other"));
  });
});
