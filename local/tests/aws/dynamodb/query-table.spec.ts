import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine } from "../../../aws/dynamodb/engine";

const TableName = "images";

interface Output {
  Items?: object[];
  Count: number;
  ScannedCount: number;
  LastEvaluatedKey?: object;
  ConsumedCapacity?: object;
}

describe("queries and scans", () => {
  let folder: string;
  let engine: Engine;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "query-table-"));
    engine = new Engine(folder, { region: "us-east-1", clock: () => new Date() });
    await engine.open();
    const key = (sort: string) => [
      { AttributeName: "user", KeyType: "HASH" },
      { AttributeName: sort, KeyType: "RANGE" },
    ];
    const Projection = { ProjectionType: "KEYS_ONLY" };
    await engine.call("CreateTable", {
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: key("name"),
      AttributeDefinitions: ["user", "name", "time"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S",
      })),
      LocalSecondaryIndexes: [{ IndexName: "ByTime", KeySchema: key("time"), Projection }],
      GlobalSecondaryIndexes: [
        {
          IndexName: "WithSize",
          KeySchema: key("time"),
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["size"] },
        },
      ],
    });
    while (!(await isActive())) {
      await new Promise(setImmediate);
    }
    for (const [index, name] of ["c", "b", "a"].entries()) {
      const text = { S: "x".repeat(5000) };
      const Item = { ...keyOf(name), time: { S: String(index) }, size: { N: "7" }, text };
      await engine.call("PutItem", { TableName, Item });
    }
  });

  after(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  const keyOf = (name: string) => ({ user: { S: "ada" }, name: { S: name } });

  async function isActive(): Promise<boolean> {
    const { Table } = (await engine.call("DescribeTable", { TableName })) as {
      Table: { TableStatus: string };
    };
    return Table.TableStatus === "ACTIVE";
  }

  async function query(input: object): Promise<Output> {
    return (await engine.call("Query", {
      TableName,
      KeyConditionExpression: "#user = :user",
      ExpressionAttributeNames: { "#user": "user" },
      ExpressionAttributeValues: { ":user": { S: "ada" } },
      ...input,
    })) as Output;
  }

  const namesIn = ({ Items = [] }: Output) =>
    (Items as { name: { S: string } }[]).map(({ name }) => name.S);

  it("have the items of an index in its order, with what it has of each", async () => {
    const { Items, ...output } = await query({ IndexName: "ByTime" });
    assert.deepEqual(
      Items,
      ["c", "b", "a"].map((name, index) => ({ ...keyOf(name), time: { S: String(index) } })),
    );
    assert.deepEqual(output, { Count: 3, ScannedCount: 3 });
  });

  it("have whole items of an index that has but a part of each, where all is asked for", async () => {
    const output = await query({ IndexName: "ByTime", Select: "ALL_ATTRIBUTES" });
    assert.deepEqual(namesIn(output), ["c", "b", "a"]);
    assert.ok(output.Items?.every((item) => "text" in item));
  });

  const asking = (IndexName: string, ...names: string[]) => ({
    IndexName,
    ProjectionExpression: names.map((name) => `#${name}`).join(", "),
    ExpressionAttributeNames: Object.fromEntries(
      ["user", ...names].map((name) => [`#${name}`, name]),
    ),
  });

  it("have what a local index lacks from the table, where it is asked for", async () => {
    const Limit = 1;
    const output = await query({ ...asking("ByTime", "size", "time"), Limit });
    assert.equal(JSON.stringify(output.Items), '[{"size":{"N":"7"},"time":{"S":"0"}}]');
    const ReturnConsumedCapacity = "INDEXES";
    const capacity = async (...names: string[]) =>
      (await query({ ...asking("ByTime", ...names), Limit, ReturnConsumedCapacity }))
        .ConsumedCapacity;
    const units = (ofTable: number) => ({
      CapacityUnits: ofTable + 0.5,
      TableName,
      Table: { CapacityUnits: ofTable },
      LocalSecondaryIndexes: { ByTime: { CapacityUnits: 0.5 } },
    });
    assert.deepEqual(await capacity("size"), units(1));
    assert.deepEqual(await capacity("time"), units(0));
  });

  it("are refused what a global index lacks", async () => {
    const scan = { TableName, ...asking("WithSize", "size", "name") };
    const { "#user": _user, ...ExpressionAttributeNames } = scan.ExpressionAttributeNames;
    const { Items } = (await engine.call("Scan", { ...scan, ExpressionAttributeNames })) as Output;
    assert.equal(Items?.length, 3);
    await assert.rejects(query(asking("WithSize", "size", "text", "other")), {
      code: "ValidationException",
      message:
        "One or more parameter values were invalid: Global secondary index WithSize does not project [text, other]",
    });
  });

  it("of a global index are never consistent", async () => {
    const message = "Consistent reads are not supported on global secondary indexes";
    const consistent = { IndexName: "WithSize", ConsistentRead: true };
    await assert.rejects(query(consistent), { message });
    await assert.rejects(engine.call("Scan", { TableName, ...consistent }), { message });
  });

  it("consume something where there is nothing, twice as much if they are consistent", async () => {
    const capacityOf = async (input: object) => {
      const output = await query({
        ExpressionAttributeValues: { ":user": { S: "nobody" } },
        ReturnConsumedCapacity: "TOTAL",
        ...input,
      });
      return (output.ConsumedCapacity as { CapacityUnits: number }).CapacityUnits;
    };
    assert.equal(await capacityOf({}), 0.5);
    assert.equal(await capacityOf({ ConsistentRead: true }), 1);
    assert.equal(await capacityOf({ IndexName: "ByTime" }), 0.5);
    const scan = { TableName, ReturnConsumedCapacity: "TOTAL", ConsistentRead: true };
    const { ConsumedCapacity } = (await engine.call("Scan", scan)) as Output;
    // 15 KB.
    assert.deepEqual(ConsumedCapacity, { CapacityUnits: 4, TableName });
  });

  it("say where the next page begins once there are as many items as were asked for", async () => {
    const first = await query({ IndexName: "ByTime", Limit: 2 });
    assert.deepEqual(namesIn(first), ["c", "b"]);
    assert.deepEqual(first.LastEvaluatedKey, { ...keyOf("b"), time: { S: "1" } });
    const rest = await query({
      IndexName: "ByTime",
      Limit: 2,
      ExclusiveStartKey: first.LastEvaluatedKey,
    });
    assert.deepEqual(namesIn(rest), ["a"]);
    assert.equal(rest.LastEvaluatedKey, undefined);
  });

  it("count what they have looked at, and show what passes of it in part", async () => {
    const { Items, Count, ScannedCount } = (await engine.call("Scan", {
      TableName,
      FilterExpression: "#time > :time",
      ProjectionExpression: "#size",
      ExpressionAttributeNames: { "#time": "time", "#size": "size" },
      ExpressionAttributeValues: { ":time": { S: "0" } },
    })) as Output;
    assert.deepEqual({ Count, ScannedCount }, { Count: 2, ScannedCount: 3 });
    assert.equal(JSON.stringify(Items), '[{"size":{"N":"7"}},{"size":{"N":"7"}}]');
  });

  it("count alone where nothing else is asked for", async () => {
    assert.deepEqual(await query({ Select: "COUNT" }), { Count: 3, ScannedCount: 3 });
  });

  it("tell what they have consumed of the table and of the index", async () => {
    const ReturnConsumedCapacity = "INDEXES";
    const { ConsumedCapacity: ofTable } = await query({ ReturnConsumedCapacity });
    // 15 KB, at half a unit for 4 KB.
    assert.deepEqual(ofTable, { TableName, CapacityUnits: 2, Table: { CapacityUnits: 2 } });
    const { ConsumedCapacity: ofIndex } = await query({
      IndexName: "ByTime",
      ConsistentRead: true,
      ReturnConsumedCapacity,
    });
    assert.deepEqual(ofIndex, {
      TableName,
      CapacityUnits: 1,
      Table: { CapacityUnits: 0 },
      LocalSecondaryIndexes: { ByTime: { CapacityUnits: 1 } },
    });
  });

  it("have a megabyte of items in a page at most", async () => {
    const large = { S: "x".repeat(390_000) };
    for (const name of ["1", "2", "3"]) {
      const Item = { user: { S: "bob" }, name: { S: name }, text: large };
      await engine.call("PutItem", { TableName, Item });
    }
    const ofBob = { ExpressionAttributeValues: { ":user": { S: "bob" } } };
    const first = await query(ofBob);
    assert.deepEqual(namesIn(first), ["1", "2", "3"]);
    const last = { user: { S: "bob" }, name: { S: "3" } };
    assert.deepEqual(first.LastEvaluatedKey, last);
    const rest = await query({ ...ofBob, ExclusiveStartKey: last });
    assert.deepEqual(rest, { Items: [], Count: 0, ScannedCount: 0 });
  });
});
