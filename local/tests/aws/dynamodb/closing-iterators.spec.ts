import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Engine } from "../../../aws/dynamodb/engine";
import { TableStore } from "../../../aws/dynamodb/table-store";
import { account, images } from "./support/local-dynamodb";

/** What a database closes when it is closed itself: here, iterators alone. */
interface Resources {
  attachResource(resource: object): void;
  detachResource(resource: object): void;
}

/** What a database holds on to from now on. */
function resourcesOf(db: Resources): ReadonlySet<object> {
  const held = new Set<object>();
  const attach = db.attachResource.bind(db);
  const detach = db.detachResource.bind(db);
  db.attachResource = (resource) => {
    held.add(resource);
    attach(resource);
  };
  db.detachResource = (resource) => {
    held.delete(resource);
    detach(resource);
  };
  return held;
}

describe("closeIterators", function () {
  this.timeout(10_000);
  let folder: string;
  let engine: Engine;
  let held: ReadonlySet<object>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "iterators-"));
    const { region } = account;
    engine = new Engine(folder, { region, clock: () => new Date() });
    await engine.open();
    held = resourcesOf(engine.store.db as unknown as Resources);
    await new TableStore(engine, account).create(images);
    for (const id of ["1", "2", "3"]) {
      const Item = { id: { S: id }, userId: { S: "ann" }, timestamp: { N: id } };
      await engine.call("PutItem", { TableName: "images", Item });
    }
  });

  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true });
  });

  const byUser = {
    TableName: "images",
    IndexName: "byUser",
    KeyConditionExpression: "userId = :u",
    ExpressionAttributeValues: { ":u": { S: "ann" } },
  };
  const reads: Record<string, [operation: string, input: object, count: number]> = {
    "a query that reads all there is": ["Query", byUser, 3],
    "a query that reads as much as it may": ["Query", { ...byUser, Limit: 1 }, 1],
    "a scan that reads all there is": ["Scan", { TableName: "images" }, 3],
    "a scan that reads as much as it may": ["Scan", { TableName: "images", Limit: 1 }, 1],
  };
  for (const [what, [operation, input, count]] of Object.entries(reads)) {
    it(`leaves none open after ${what}`, async () => {
      const { Count } = (await engine.call(operation, input)) as { Count: number };
      assert.equal(Count, count);
      // The test's own timeout bounds the wait: they are closed once the answer is there.
      while (held.size > 0) {
        await new Promise(setImmediate);
      }
    });
  }

  it("leaves none open after a list of tables", async () => {
    await engine.call("ListTables", { Limit: 1 });
    while (held.size > 0) {
      await new Promise(setImmediate);
    }
  });
});
