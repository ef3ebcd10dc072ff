import assert from "node:assert/strict";
import { join } from "node:path";

import { PutItemCommand, QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";

import { Engine } from "../../../aws/dynamodb/engine";
import { TableStore } from "../../../aws/dynamodb/table-store";
import { TimeToLive } from "../../../aws/dynamodb/time-to-live";
import { LocalDynamoDb, account, images } from "./support/local-dynamodb";

type Time = { N: string } | { S: string };

const { TableName } = images;
const expiring = { ...images, TimeToLiveAttribute: "ttl" };
const now = new Date("2026-03-01T12:00:00Z");
const secondsAt = (date: string): string => String(Date.parse(date) / 1000);
const expired = { N: secondsAt("2026-03-01T11:59:59Z") };
const itemOf = (id: string, ttl: Time) => ({
  id: { S: id },
  userId: { S: "ann" },
  timestamp: { N: "1" },
  ttl,
});

describe("TimeToLive", () => {
  let local: LocalDynamoDb;

  afterEach(async () => {
    await local.stop();
  });

  async function start(sweepIntervalMs?: number): Promise<void> {
    local = await LocalDynamoDb.start(undefined, sweepIntervalMs);
    local.clock = () => now;
  }

  async function put(id: string, ttl: Time, table = TableName): Promise<void> {
    await local.client.send(new PutItemCommand({ TableName: table, Item: itemOf(id, ttl) }));
  }

  async function ids(table = TableName): Promise<(string | undefined)[]> {
    const { Items = [] } = await local.client.send(new ScanCommand({ TableName: table }));
    return Items.map(({ id }) => id?.S).sort();
  }

  /** Waits for a search to begin and end: the second item only goes in the search after that. */
  async function search(): Promise<void> {
    for (const id of ["first", "second"]) {
      await put(id, expired);
      while ((await ids()).includes(id));
    }
  }

  it("removes what has expired, from the indexes too, and nothing else", async () => {
    await start(5);
    await local.dynamodb.createTable(expiring);
    await local.dynamodb.createTable({ ...images, TableName: "lasting" });
    await put("expired", expired, "lasting");
    await put("expired", expired);
    await put("fraction", { N: `${expired.N}.5` });
    await put("almost five years ago", { N: secondsAt("2021-03-01T12:00:01Z") });
    await put("five years ago", { N: secondsAt("2021-03-01T12:00:00Z") });
    await put("in milliseconds", { N: String(now.getTime()) });
    await put("in the future", { N: secondsAt("2026-03-01T12:00:01Z") });
    await put("text", { S: expired.N });
    await search();
    const left = ["five years ago", "in milliseconds", "in the future", "text"];
    assert.deepEqual(await ids(), left);
    assert.deepEqual(await ids("lasting"), ["expired"]);
    const { Items = [] } = await local.client.send(
      new QueryCommand({
        TableName,
        IndexName: "byUser",
        KeyConditionExpression: "userId = :u",
        ExpressionAttributeValues: { ":u": { S: "ann" } },
      }),
    );
    assert.deepEqual(Items.map(({ id }) => id?.S).sort(), left);
  });

  it("lets reads see what has expired until it is removed", async () => {
    await start();
    await local.dynamodb.createTable(expiring);
    await put("expired", expired);
    assert.deepEqual(await ids(), ["expired"]);
  });

  it("spares what is renewed before it is removed", async () => {
    await start();
    const engine = new Engine(join(local.dataDir, "engine"), {
      region: account.region,
      clock: () => now,
    });
    await engine.open();
    const tables = new TableStore(engine, account);
    await tables.create(expiring);
    for (const id of ["1", "2"]) {
      await engine.call("PutItem", { TableName, Item: itemOf(id, expired) });
    }
    const renewed = itemOf("1", { N: secondsAt("2027-01-01T00:00:00Z") });
    const slow = {
      call: async (operation: string, input: object): Promise<object> => {
        const output = await engine.call(operation, input);
        if (operation === "Scan") {
          await engine.call("PutItem", { TableName, Item: renewed });
        }
        return output;
      },
    };
    await new TimeToLive(slow, tables, () => now).sweep();
    const { Items } = (await engine.call("Scan", { TableName })) as { Items: object[] };
    assert.deepEqual(JSON.parse(JSON.stringify(Items)), [renewed]);
    await engine.close();
  });
});
