import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import {
  ScanCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  type TransactGetCommandInput,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";

import { LocalDynamoDb, images } from "./support/local-dynamodb";

type Writes = NonNullable<TransactWriteCommandInput["TransactItems"]>;
type Reads = NonNullable<TransactGetCommandInput["TransactItems"]>;
type Item = Record<string, unknown>;

const TableName = "images";

describe("Transactions", () => {
  let local: LocalDynamoDb;
  let documents: DynamoDBDocumentClient;

  beforeEach(async () => {
    local = await LocalDynamoDb.start();
    await open();
  });

  afterEach(async () => {
    await local.stop();
  });

  async function open(): Promise<void> {
    await local.dynamodb.createTable(images);
    documents = DynamoDBDocumentClient.from(local.client);
  }

  async function put(item: Item): Promise<void> {
    await documents.send(new PutCommand({ TableName, Item: item }));
  }

  async function get(id: string): Promise<Item | undefined> {
    return (await documents.send(new GetCommand({ TableName, Key: { id } }))).Item;
  }

  async function write(TransactItems: Writes, ClientRequestToken?: string): Promise<unknown> {
    return documents.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
  }

  async function read(TransactItems: Reads): Promise<(Item | undefined)[]> {
    const { Responses } = await documents.send(new TransactGetCommand({ TransactItems }));
    return Responses?.map(({ Item }) => Item) ?? [];
  }

  async function indexed(userId: string): Promise<Item[]> {
    const query = {
      TableName,
      IndexName: "byUser",
      KeyConditionExpression: "userId = :u",
      ExpressionAttributeValues: { ":u": userId },
    };
    return (await documents.send(new QueryCommand(query))).Items ?? [];
  }

  const putOf = (id: string, rest: Item = {}): Writes[number] => ({
    Put: { TableName, Item: { id, ...rest } },
  });
  const increment = (id: string): Writes[number] => ({
    Update: {
      TableName,
      Key: { id },
      UpdateExpression: "ADD #n :one",
      ExpressionAttributeNames: { "#n": "count" },
      ExpressionAttributeValues: { ":one": 1 },
    },
  });
  const newOnly = (id: string): Writes[number] => ({
    Put: { TableName, Item: { id }, ConditionExpression: "attribute_not_exists(id)" },
  });

  describe("of writes", () => {
    it("tell what they consume, twice as much as actions on their own", async () => {
      await put({ id: "old", text: "x".repeat(1500) });
      const TransactItems: Writes = [
        { Put: { TableName, Item: { id: "new" } } },
        { Delete: { TableName, Key: { id: "old" } } },
      ];
      const written = await documents.send(
        new TransactWriteCommand({
          TransactItems,
          ReturnConsumedCapacity: "TOTAL",
          ReturnItemCollectionMetrics: "SIZE",
        }),
      );
      const capacity = { TableName, CapacityUnits: 6, WriteCapacityUnits: 6 };
      assert.deepEqual(written.ConsumedCapacity, [capacity]);
      const gets = [{ Get: { TableName, Key: { id: "new" } } }];
      const read = await documents.send(
        new TransactGetCommand({ TransactItems: gets, ReturnConsumedCapacity: "INDEXES" }),
      );
      const units = { CapacityUnits: 2, ReadCapacityUnits: 2 };
      assert.deepEqual(read.ConsumedCapacity, [{ TableName, ...units, Table: units }]);
      assert.deepEqual(read.Responses, [{ Item: { id: "new" } }]);
    });

    it("puts, updates, deletes and checks items of several tables, and their indexes", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "other" });
      await put({ id: "2", userId: "ann", timestamp: 1, width: 1 });
      await put({ id: "3", userId: "ann", timestamp: 2 });
      await put({ id: "4", state: "ready" });
      await write([
        putOf("1", { userId: "bob", timestamp: 3 }),
        {
          Update: {
            TableName,
            Key: { id: "2" },
            UpdateExpression: "SET userId = :bob, width = width + :one REMOVE tags",
            ConditionExpression: "width = :one",
            ExpressionAttributeValues: { ":bob": "bob", ":one": 1 },
          },
        },
        { Delete: { TableName, Key: { id: "3" } } },
        {
          ConditionCheck: {
            TableName,
            Key: { id: "4" },
            ConditionExpression: "#s = :ready",
            ExpressionAttributeNames: { "#s": "state" },
            ExpressionAttributeValues: { ":ready": "ready" },
          },
        },
        { Put: { TableName: "other", Item: { id: "1" } } },
      ]);
      assert.deepEqual(await get("2"), { id: "2", userId: "bob", timestamp: 1, width: 2 });
      assert.equal(await get("3"), undefined);
      assert.deepEqual(await get("4"), { id: "4", state: "ready" });
      assert.deepEqual(await read([{ Get: { TableName: "other", Key: { id: "1" } } }]), [
        { id: "1" },
      ]);
      assert.deepEqual(await indexed("ann"), []);
      assert.deepEqual(
        (await indexed("bob")).map(({ id }) => id),
        ["2", "1"],
      );
    });

    it("does nothing when a condition fails, and gives the reasons in their order", async () => {
      await put({ id: "2", width: 5 });
      const check = {
        TableName,
        Key: { id: "2" },
        ConditionExpression: "width < :max",
        ExpressionAttributeValues: { ":max": 5 },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
      };
      const failure = "The conditional request failed";
      await assert.rejects(
        write([
          putOf("1"),
          { ConditionCheck: check },
          { Delete: { TableName, Key: { id: "3" }, ConditionExpression: "attribute_exists(id)" } },
          increment("4"),
        ]),
        {
          name: "TransactionCanceledException",
          message:
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed, None]",
          CancellationReasons: [
            { Code: "None" },
            {
              Code: "ConditionalCheckFailed",
              Message: failure,
              Item: { id: { S: "2" }, width: { N: "5" } },
            },
            { Code: "ConditionalCheckFailed", Message: failure },
            { Code: "None" },
          ],
        },
      );
      const { Count } = await local.client.send(new ScanCommand({ TableName }));
      assert.equal(Count, 1);
    });

    it("is cancelled by what does not fit an item or its keys", async () => {
      await put({ id: "2", width: "large" });
      const increase = {
        TableName,
        Key: { id: "2" },
        UpdateExpression: "SET width = width + :one",
        ExpressionAttributeValues: { ":one": 1 },
      };
      const reasons = async (items: Writes): Promise<unknown> => {
        const error: unknown = await write(items).catch((error: unknown) => error);
        assert.ok(error instanceof TransactionCanceledException);
        return error.CancellationReasons?.map(({ Code, Message }) => [Code, Message]);
      };
      assert.deepEqual(await reasons([putOf("1"), { Update: increase }]), [
        ["None", undefined],
        ["ValidationError", "An operand in the update expression has an incorrect data type"],
      ]);
      assert.deepEqual(await reasons([{ Delete: { TableName, Key: { other: "2" } } }]), [
        ["ValidationError", "The provided key element does not match the schema"],
      ]);
      const remove = (other: string) => ({ Delete: { TableName, Key: { other } } });
      const Put = { TableName, Item: { id: "2" }, ConditionExpression: "attribute_not_exists(id)" };
      assert.deepEqual(await reasons([remove("1"), remove("2"), { Put }]), [
        ["ValidationError", "The provided key element does not match the schema"],
        ["None", undefined],
        ["None", undefined],
      ]);
      const wrongIndexKey = await reasons([putOf("1", { userId: 5 })]);
      assert.match(String(wrongIndexKey), /^ValidationError,.*Type mismatch for Index Key userId/);
    });

    it("is refused when it is malformed", async () => {
      const invalid = async (items: Writes, message: RegExp): Promise<void> =>
        assert.rejects(write(items), { name: "ValidationException", message });
      const Key = { id: "1" };
      const anyway = { Delete: { TableName, Key }, ...putOf("2") };
      await invalid([], /greater than or equal to 1/);
      await invalid(
        Array.from({ length: 101 }, (_, n) => putOf(String(n))),
        /less than or equal to 100/,
      );
      await invalid([{}], /can only contain one of Check, Put, Update or Delete/);
      await invalid([anyway], /can only contain one of Check, Put, Update or Delete/);
      await invalid(
        [putOf("1"), { Delete: { TableName, Key } }],
        /multiple operations on one item/,
      );
      await invalid(
        [{ Delete: { TableName, Key, ConditionExpression: "a ==" } }],
        /Invalid ConditionExpression: Syntax error/,
      );
      await invalid(
        [putOf("2"), { Update: { TableName, Key, UpdateExpression: undefined } }],
        /transactItems\.2\.member\.update\.updateExpression/,
      );
      await invalid(
        Array.from({ length: 11 }, (_, n) => putOf(String(n), { big: "x".repeat(399 * 1024) })),
        /cannot exceed 4 MB/,
      );
      await assert.rejects(write([{ Delete: { TableName: "missing", Key } }]), {
        name: "ResourceNotFoundException",
      });
    });

    it("takes numbers that are written in different ways for the same key", async () => {
      await local.dynamodb.createTable({
        TableName: "numbered",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      });
      const TransactItems = ["1", "1.0"].map((N) => ({
        Put: { TableName: "numbered", Item: { id: { N } } },
      }));
      await assert.rejects(local.client.send(new TransactWriteItemsCommand({ TransactItems })), {
        name: "ValidationException",
        message: /multiple operations on one item/,
      });
    });

    it("takes 100 actions", async () => {
      await write(Array.from({ length: 100 }, (_, n) => putOf(String(n))));
      const { Count } = await local.client.send(new ScanCommand({ TableName }));
      assert.equal(Count, 100);
    });
  });

  describe("of reads", () => {
    it("gets items in the order asked for, projected, with gaps for missing ones", async () => {
      await put({ id: "1", width: 1 });
      await put({ id: "2", width: 2, userId: "ann" });
      assert.deepEqual(
        await read([
          { Get: { TableName, Key: { id: "2" }, ProjectionExpression: "userId" } },
          { Get: { TableName, Key: { id: "3" } } },
          { Get: { TableName, Key: { id: "1" } } },
        ]),
        [{ userId: "ann" }, undefined, { id: "1", width: 1 }],
      );
    });

    it("is cancelled or refused for wrong keys", async () => {
      const one = { Get: { TableName, Key: { id: "1" } } };
      await assert.rejects(read([one, { Get: { TableName, Key: { other: "1" } } }]), {
        name: "TransactionCanceledException",
        message: /\[None, ValidationError\]$/,
      });
      await assert.rejects(read([one, one]), {
        name: "ValidationException",
        message: /multiple operations on one item/,
      });
    });
  });

  describe("at the same time", () => {
    it("lets one of two win that want the same item, and loses no count", async () => {
      const outcomes = await Promise.allSettled([
        write([newOnly("1"), increment("a")]),
        write([increment("b"), newOnly("1")]),
      ]);
      assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      assert.equal([await get("a"), await get("b")].filter(Boolean).length, 1);
    });

    it("loses no count of crossing transactions and other writes", async () => {
      const rounds = Array.from({ length: 20 }, (_, n) => n);
      await Promise.all(
        rounds.flatMap((n) => [
          write(n % 2 === 0 ? [increment("x"), increment("y")] : [increment("y"), increment("x")]),
          documents.send(new UpdateCommand(increment("x").Update as UpdateCommand["input"])),
        ]),
      );
      assert.deepEqual(await get("x"), { id: "x", count: 40 });
      assert.deepEqual(await get("y"), { id: "y", count: 20 });
    });

    it("never shows a part of a transaction", async () => {
      const both = ["x", "y"].map((id) => ({ Get: { TableName, Key: { id } } }));
      const writing = (async () => {
        for (let n = 0; n < 30; n++) {
          await write([increment("x"), increment("y")]);
        }
      })();
      for (let n = 0; n < 30; n++) {
        const [x, y] = await read(both);
        assert.equal(x?.count, y?.count);
      }
      await writing;
    });

    it("leaves all or nothing when it is killed", async () => {
      await local.dynamodb.stop();
      const program = join(__dirname, "support/transact-until-killed.ts");
      const writer = spawn(process.execPath, ["--import", "tsx", program, local.dataDir], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let written = 0;
      for await (const chunk of writer.stdout as AsyncIterable<Buffer>) {
        written += chunk.toString().split("\n").length - 1;
        if (written >= 20) {
          writer.kill("SIGKILL");
        }
      }
      await once(writer, "close");
      await local.restart();
      await open();
      const items = await Promise.all(["a", "b", "c"].map(get));
      const count = Number(items[0]?.timestamp);
      assert.ok(count >= written);
      const timestamps = [...items, ...(await indexed("ann"))].map((item) => item?.timestamp);
      assert.deepEqual(timestamps, Array(6).fill(count));
    });
  });

  describe("with a token", () => {
    const token = "5bd2e3a0-7a5f-4d0e-9b7e-3d8a4a3c2f10";

    it("has one effect, however often it is sent", async () => {
      await write([increment("1")], token);
      await write([increment("1")], token);
      assert.deepEqual(await get("1"), { id: "1", count: 1 });
    });

    it("has one effect even over a restart", async () => {
      await write([increment("1")], token);
      await local.restart();
      await open();
      await write([increment("1")], token);
      assert.deepEqual(await get("1"), { id: "1", count: 1 });
    });

    it("tells when it is sent again what the items take to be read", async () => {
      await put({ id: "3" });
      await put({ id: "4" });
      const TransactItems: Writes = [
        putOf("1", { text: "x".repeat(5000), userId: "ann", timestamp: 1 }),
        increment("2"),
        { Delete: { TableName, Key: { id: "3" } } },
        {
          ConditionCheck: {
            TableName,
            Key: { id: "4" },
            ConditionExpression: "attribute_exists(id)",
          },
        },
      ];
      const send = async (ReturnConsumedCapacity?: "TOTAL" | "INDEXES" | "NONE") => {
        const input = { TransactItems, ClientRequestToken: token, ReturnConsumedCapacity };
        return (await documents.send(new TransactWriteCommand(input))).ConsumedCapacity;
      };
      const [written] = (await send("TOTAL")) ?? [];
      assert.equal(written?.ReadCapacityUnits, undefined);
      assert.ok(Number(written?.WriteCapacityUnits) > 0);
      const units = { CapacityUnits: 10, ReadCapacityUnits: 10 };
      assert.deepEqual(await send("TOTAL"), [{ TableName, ...units }]);
      assert.deepEqual(await send("INDEXES"), [{ TableName, ...units, Table: units }]);
      assert.equal(await send("NONE"), undefined);
      assert.equal(await send(), undefined);
      assert.equal((await get("2"))?.count, 1);
    });

    it("is refused for another request", async () => {
      await write([increment("1")], token);
      await assert.rejects(write([increment("2")], token), {
        name: "IdempotentParameterMismatchException",
      });
      assert.equal(await get("2"), undefined);
    });

    it("can be sent again when it was cancelled", async () => {
      await put({ id: "1" });
      await assert.rejects(write([newOnly("1"), putOf("2")], token), {
        name: "TransactionCanceledException",
      });
      await write([putOf("2")], token);
      assert.deepEqual(await get("2"), { id: "2" });
    });

    it("has an effect again after ten minutes", async () => {
      await write([increment("1")], token);
      const later = Date.now() + 10 * 60 * 1000;
      local.clock = () => new Date(later);
      await write([increment("1")], token);
      assert.deepEqual(await get("1"), { id: "1", count: 2 });
    });

    it("is refused while it is under way", async () => {
      const outcomes = await Promise.allSettled([
        write([increment("1")], token),
        write([increment("1")], token),
      ]);
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      assert.deepEqual(
        refused.map(({ reason }) => (reason as Error).name),
        ["TransactionInProgressException"],
      );
      assert.deepEqual(await get("1"), { id: "1", count: 1 });
    });

    it("is refused when it is too long", async () => {
      await assert.rejects(write([increment("1")], "x".repeat(37)), {
        name: "ValidationException",
        message: /clientRequestToken/,
      });
    });
  });
});
