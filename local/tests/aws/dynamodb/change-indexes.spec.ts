import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Engine } from "../../../aws/dynamodb/engine";
import { indexPrefix } from "../../../aws/dynamodb/index-entries";
import { addressOf, withLock } from "../../../aws/dynamodb/item-lock";
import type { TableDefinition } from "../../../aws/dynamodb/table-definition";
import { account, bare, images } from "./support/local-dynamodb";

const { TableName } = images;
const Item = { id: { S: "1" }, userId: { S: "ada" }, timestamp: { N: "1" } };

describe("changes of the indexes of a stored table", () => {
  let dir: string;
  let engine: Engine;

  const open = async () => {
    const options = { region: account.region, clock: () => new Date() };
    engine = new Engine(join(dir, "tables"), options);
    await engine.open();
  };
  const count = async () =>
    ((await engine.call("Scan", { TableName, IndexName: "byUser" })) as { Count: number }).Count;
  const stored = async () =>
    ((await engine.call("DescribeTable", { TableName })) as { Table: TableDefinition }).Table;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "indexes-"));
    await open();
    await engine.call("CreateTable", { TableName, ...bare });
    while (((await stored()) as { TableStatus?: string }).TableStatus !== "ACTIVE") {
      await setImmediate();
    }
    await engine.call("PutItem", { TableName, Item });
  });
  afterEach(async () => {
    await engine.close();
    await rm(dir, { recursive: true });
  });

  it("are no changes to indexes by several attributes", async () => {
    await engine.changeIndexes(images);
    const KeySchema = ["userId", "id"].map((AttributeName) => ({
      AttributeName,
      KeyType: "HASH" as const,
    }));
    const several = { IndexName: "several", KeySchema, Projection: { ProjectionType: "ALL" } };
    await assert.rejects(
      engine.changeIndexes({ ...images, GlobalSecondaryIndexes: [several] } as TableDefinition),
      { code: "NotImplemented", message: /keys of several attributes/ },
    );
    assert.equal(await count(), 1);
  });

  it("are not read before all is in them, and have what was on its way before them", async () => {
    const Item2 = { ...Item, id: { S: "2" } };
    let changing = Promise.resolve();
    await withLock(engine.store, [await addressOf(engine.store, { TableName, Item })], async () => {
      const writing = engine.call("PutItem", { TableName, Item: Item2 });
      changing = engine.changeIndexes(images);
      await writing;
      // The item that is locked cannot be in there yet.
      const asked = () => count().then(String, String);
      let problem = await asked();
      while (problem.includes("does not have the specified index")) {
        await setImmediate();
        problem = await asked();
      }
      assert.equal(
        problem,
        "AwsError: Cannot read from backfilling global secondary index: byUser",
      );
    });
    await changing;
    assert.equal(await count(), 2);
  });

  it("are made anew when the process was killed meanwhile, without what is there no more", async () => {
    await engine.changeIndexes(images);
    const { GlobalSecondaryIndexes: [index] = [], ...table } = await stored();
    const half = { ...index, IndexStatus: "CREATING", Backfilling: true };
    await new Promise<void>((resolve) => {
      const killed = { ...table, GlobalSecondaryIndexes: [half] };
      engine.store.tableDb.put(TableName, killed, () => {
        resolve();
      });
    });
    const key = `${indexPrefix("Global", TableName, "byUser")}left`;
    await engine.store.db.batch([{ type: "put", key, value: { ...Item, id: { S: "gone" } } }]);
    await engine.close();
    await open();
    await assert.rejects(count(), { message: /backfilling/ });
    await engine.changeIndexes(images);
    assert.equal(await count(), 1);
  });

  it("touch nothing where the indexes are those that are declared", async () => {
    await engine.changeIndexes(images);
    const before = await stored();
    await engine.changeIndexes({
      ...images,
      AttributeDefinitions: images.AttributeDefinitions.toReversed(),
    });
    assert.deepEqual(await stored(), before);
  });
});
