import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";

import { LocalDynamoDb, images } from "./support/local-dynamodb";

const tableArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/images";
const item = (id: string, timestamp = "1") => ({
  id: { S: id },
  userId: { S: "ann" },
  timestamp: { N: timestamp },
});

describe("DynamoDb", () => {
  let local: LocalDynamoDb;

  beforeEach(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
  });

  afterEach(async () => {
    await local.stop();
  });

  async function put(id: string, timestamp?: string): Promise<void> {
    await local.client.send(new PutItemCommand({ TableName: "images", Item: item(id, timestamp) }));
  }

  describe("items", () => {
    it("puts, gets, updates and deletes items", async () => {
      const Key = { id: { S: "1" } };
      await put("1");
      await local.client.send(
        new UpdateItemCommand({
          TableName: "images",
          Key,
          UpdateExpression: "SET #s = :s",
          ExpressionAttributeNames: { "#s": "size" },
          ExpressionAttributeValues: { ":s": { N: "2.5" } },
        }),
      );
      const { Item } = await local.client.send(new GetItemCommand({ TableName: "images", Key }));
      assert.deepEqual(Item, { ...item("1"), size: { N: "2.5" } });
      await local.client.send(new DeleteItemCommand({ TableName: "images", Key }));
      const gone = await local.client.send(new GetItemCommand({ TableName: "images", Key }));
      assert.equal(gone.Item, undefined);
    });

    it("refuses a conditional write whose condition fails", async () => {
      await put("1");
      const command = new PutItemCommand({
        TableName: "images",
        Item: item("1"),
        ConditionExpression: "attribute_not_exists(id)",
      });
      await assert.rejects(local.client.send(command), { name: "ConditionalCheckFailedException" });
    });

    it("shows the item for which a condition fails, where that is asked for", async () => {
      await put("1");
      const TableName = "images";
      const Key = { id: { S: "1" } };
      const condition = {
        ConditionExpression: "attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
      };
      const refused = { name: "ConditionalCheckFailedException" };
      for (const attempt of [
        local.client.send(new PutItemCommand({ TableName, Item: Key, ...condition })),
        local.client.send(new UpdateItemCommand({ TableName, Key, ...condition })),
        local.client.send(new DeleteItemCommand({ TableName, Key, ...condition })),
      ]) {
        await assert.rejects(attempt, { ...refused, Item: item("1") });
      }
      const without = { ...condition, ReturnValuesOnConditionCheckFailure: "NONE" as const };
      await assert.rejects(
        local.client.send(new DeleteItemCommand({ TableName, Key, ...without })),
        (error) => error instanceof ConditionalCheckFailedException && error.Item === undefined,
      );
    });

    it("shows no item where there is none", async () => {
      const command = new UpdateItemCommand({
        TableName: "images",
        Key: { id: { S: "1" } },
        ConditionExpression: "attribute_exists(id)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      await assert.rejects(
        local.client.send(command),
        (error) => error instanceof ConditionalCheckFailedException && error.Item === undefined,
      );
    });

    it("queries an index page by page, newest first", async () => {
      for (const timestamp of ["1", "10", "2"]) {
        await put(timestamp, timestamp);
      }
      const query = {
        TableName: "images",
        IndexName: "byUser",
        KeyConditionExpression: "userId = :u",
        ExpressionAttributeValues: { ":u": { S: "ann" } },
        ScanIndexForward: false,
        Limit: 2,
      };
      const first = await local.client.send(new QueryCommand(query));
      assert.deepEqual(
        first.Items?.map(({ id }) => id?.S),
        ["10", "2"],
      );
      const second = await local.client.send(
        new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }),
      );
      assert.deepEqual(
        second.Items?.map(({ id }) => id?.S),
        ["1"],
      );
    });

    it("scans and batches", async () => {
      await local.client.send(
        new BatchWriteItemCommand({
          RequestItems: { images: [{ PutRequest: { Item: item("1") } }] },
        }),
      );
      const { Responses } = await local.client.send(
        new BatchGetItemCommand({ RequestItems: { images: { Keys: [{ id: { S: "1" } }] } } }),
      );
      assert.deepEqual(Responses, { images: [item("1")] });
      const { Count } = await local.client.send(new ScanCommand({ TableName: "images" }));
      assert.equal(Count, 1);
    });

    it("batches over several tables, and answers what it did not find with nothing", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "other" });
      await put("1");
      const written = await local.client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            images: [{ DeleteRequest: { Key: { id: { S: "1" } } } }],
            other: [{ PutRequest: { Item: item("2") } }, { PutRequest: { Item: item("3") } }],
          },
        }),
      );
      assert.deepEqual(written.UnprocessedItems, {});
      const { Responses, UnprocessedKeys } = await local.client.send(
        new BatchGetItemCommand({
          RequestItems: {
            images: { Keys: [{ id: { S: "1" } }], ConsistentRead: true },
            other: { Keys: [{ id: { S: "2" } }], ProjectionExpression: "userId" },
          },
        }),
      );
      assert.deepEqual(Responses, { images: [], other: [{ userId: { S: "ann" } }] });
      assert.deepEqual(UnprocessedKeys, {});
    });

    it("answers a batch of up to 16 MB, and says of the rest all that was asked of it", async () => {
      const body = { B: new Uint8Array(380 * 1024) };
      const ids = Array.from({ length: 44 }, (_, index) => `large-${index}`);
      for (const id of ids) {
        const Item = { id: { S: id }, body, other: { S: "other" } };
        await local.client.send(new PutItemCommand({ TableName: "images", Item }));
      }
      const asked = {
        Keys: ids.map((id) => ({ id: { S: id } })),
        ConsistentRead: true,
        ProjectionExpression: "#id, body",
        ExpressionAttributeNames: { "#id": "id" },
      };
      const { Responses, UnprocessedKeys } = await local.client.send(
        new BatchGetItemCommand({ RequestItems: { images: asked } }),
      );
      assert.equal(Responses?.images?.length, 43);
      assert.deepEqual(UnprocessedKeys?.images, { ...asked, Keys: [{ id: { S: "large-43" } }] });
      const rest = await local.client.send(
        new BatchGetItemCommand({ RequestItems: UnprocessedKeys, ReturnConsumedCapacity: "TOTAL" }),
      );
      assert.deepEqual(Object.keys(rest.Responses?.images?.[0] ?? {}).sort(), ["body", "id"]);
      assert.deepEqual(rest.UnprocessedKeys, {});
      assert.deepEqual(rest.ConsumedCapacity, [{ TableName: "images", CapacityUnits: 96 }]);
    });

    it("refuses items and keys that DynamoDB refuses", async () => {
      const refuses = (Item: Record<string, { S: string }>): Promise<void> =>
        assert.rejects(local.client.send(new PutItemCommand({ TableName: "images", Item })), {
          name: "ValidationException",
        });
      await refuses({ other: { S: "1" } });
      await refuses({ id: { S: "" } });
      await refuses({ id: { S: "1" }, big: { S: "x".repeat(400 * 1024) } });
    });
  });

  describe("tables", () => {
    it("describes a table with the ARNs of the account", async () => {
      const { Table } = await local.client.send(new DescribeTableCommand({ TableName: "images" }));
      assert.equal(Table?.TableArn, tableArn);
      assert.equal(Table.TableStatus, "ACTIVE");
      assert.equal(Table.DeletionProtectionEnabled, false);
      assert.equal(Table.GlobalSecondaryIndexes?.[0]?.IndexArn, `${tableArn}/index/byUser`);
      assert.equal(Table.BillingModeSummary?.BillingMode, "PAY_PER_REQUEST");
    });

    it("describes the capacity that a table is declared with now", async () => {
      const ProvisionedThroughput = { ReadCapacityUnits: 3, WriteCapacityUnits: 2 };
      await local.dynamodb.updateTable({
        ...images,
        BillingMode: "PROVISIONED",
        ProvisionedThroughput,
        GlobalSecondaryIndexes: images.GlobalSecondaryIndexes?.map((index) => ({
          ...index,
          ProvisionedThroughput,
        })),
      });
      const { Table } = await local.client.send(new DescribeTableCommand({ TableName: "images" }));
      const shown = { NumberOfDecreasesToday: 0, ...ProvisionedThroughput };
      assert.deepEqual(Table?.ProvisionedThroughput, shown);
      assert.deepEqual(Table.GlobalSecondaryIndexes?.[0]?.ProvisionedThroughput, shown);
      assert.equal(Table.BillingModeSummary?.BillingMode, "PROVISIONED");
    });

    it("lists tables page by page", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "another" });
      const first = await local.client.send(new ListTablesCommand({ Limit: 1 }));
      assert.deepEqual(first.TableNames, ["another"]);
      const second = await local.client.send(
        new ListTablesCommand({ ExclusiveStartTableName: first.LastEvaluatedTableName }),
      );
      assert.deepEqual(second.TableNames, ["images"]);
      assert.equal(second.LastEvaluatedTableName, undefined);
    });

    it("deletes tables, but not protected ones", async () => {
      const TableName = "guarded";
      await local.dynamodb.createTable({ ...images, TableName, DeletionProtectionEnabled: true });
      await assert.rejects(local.client.send(new DeleteTableCommand({ TableName })), {
        name: "ValidationException",
        message: /protected against deletion/,
      });
      await local.client.send(new DeleteTableCommand({ TableName: "images" }));
      await assert.rejects(put("1"), { name: "ResourceNotFoundException" });
    });

    it("refuses a second table of the same name, and definitions that DynamoDB refuses", async () => {
      await assert.rejects(local.dynamodb.createTable(images), { code: "ResourceInUseException" });
      await assert.rejects(
        local.dynamodb.createTable({ ...images, TableName: "x", BillingMode: "PROVISIONED" }),
        { code: "ValidationException" },
      );
    });

    it("takes a table over from an earlier run, with its items", async () => {
      await put("1");
      await local.restart();
      await assert.rejects(put("2"), { name: "ResourceNotFoundException" });
      await local.dynamodb.createTable(images);
      const { Count } = await local.client.send(new ScanCommand({ TableName: "images" }));
      assert.equal(Count, 1);
    });

    it("keeps every write that was answered when it is killed", async () => {
      await local.dynamodb.stop();
      const program = join(__dirname, "support/write-until-killed.ts");
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
      await local.dynamodb.createTable(images);
      const { Count } = await local.client.send(new ScanCommand({ TableName: "images" }));
      assert.ok(written >= 20 && Number(Count) >= written);
    });

    it("does not take over a table with other keys, and says what to do", async () => {
      await local.restart();
      const changed = {
        ...images,
        KeySchema: [{ AttributeName: "userId", KeyType: "HASH" as const }],
      };
      await assert.rejects(local.dynamodb.createTable(changed), {
        code: "ResourceInUseException",
        message: /other keys or local indexes.*--fresh/,
      });
    });
  });

  describe("authorization", () => {
    async function asked(send: () => Promise<unknown>): Promise<object[]> {
      local.asked.length = 0;
      await send();
      return local.asked.map(({ action, resource, context }) => ({ action, resource, ...context }));
    }

    it("asks for the operation on the table, with keys and attributes", async () => {
      assert.deepEqual(await asked(() => put("1")), [
        {
          action: "dynamodb:PutItem",
          resource: tableArn,
          "aws:SecureTransport": "true",
          "dynamodb:LeadingKeys": ["1"],
          "dynamodb:Attributes": ["id", "userId", "timestamp"],
        },
      ]);
    });

    it("asks for a query on the index, with the partition", async () => {
      const query = new QueryCommand({
        TableName: "images",
        IndexName: "byUser",
        KeyConditionExpression: "#u = :u AND #t > :t",
        ProjectionExpression: "id, tags.colour, #s",
        FilterExpression: "attribute_exists(#s) and size (id) > :t",
        ExpressionAttributeNames: { "#u": "userId", "#t": "timestamp", "#s": "size" },
        ExpressionAttributeValues: { ":u": { S: "ann" }, ":t": { N: "0" } },
      });
      assert.deepEqual(await asked(() => local.client.send(query)), [
        {
          action: "dynamodb:Query",
          resource: `${tableArn}/index/byUser`,
          "aws:SecureTransport": "true",
          "dynamodb:LeadingKeys": ["ann"],
          "dynamodb:Attributes": ["size", "id", "userId", "timestamp", "tags"],
          "dynamodb:Select": "SPECIFIC_ATTRIBUTES",
        },
      ]);
    });

    it("asks for every table of a batch", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "other" });
      const batch = new BatchWriteItemCommand({
        RequestItems: {
          images: [{ PutRequest: { Item: item("1") } }],
          other: [{ DeleteRequest: { Key: { id: { S: "2" } } } }],
        },
      });
      const questions = await asked(() => local.client.send(batch));
      assert.deepEqual(
        questions.map((question) => [
          "resource" in question && question.resource,
          "dynamodb:LeadingKeys" in question && question["dynamodb:LeadingKeys"],
        ]),
        [
          [tableArn, ["1"]],
          [tableArn.replace("images", "other"), ["2"]],
        ],
      );
    });

    it("asks for the action of each item of a transaction", async () => {
      const Key = { id: { S: "2" } };
      const TableName = "images";
      const ConditionExpression = "attribute_not_exists(#s)";
      const ExpressionAttributeNames = { "#s": "size" };
      const check = { TableName, Key, ConditionExpression, ExpressionAttributeNames };
      const write = new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item("1") } },
          { ConditionCheck: check },
          { Update: { TableName, Key: { id: { S: "3" } }, UpdateExpression: "REMOVE tags" } },
          { Delete: { TableName, Key: { id: { S: "4" } } } },
        ],
      });
      const common = { resource: tableArn, "aws:SecureTransport": "true" };
      const expected = (action: string, key: string, attributes: string[]): object => ({
        ...common,
        action: `dynamodb:${action}`,
        "dynamodb:EnclosingOperation": "TransactWriteItems",
        "dynamodb:LeadingKeys": [key],
        "dynamodb:Attributes": attributes,
      });
      assert.deepEqual(await asked(() => local.client.send(write)), [
        expected("PutItem", "1", ["id", "userId", "timestamp"]),
        expected("ConditionCheckItem", "2", ["id", "size"]),
        expected("UpdateItem", "3", ["id", "tags"]),
        expected("DeleteItem", "4", ["id"]),
      ]);
      const read = new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] });
      assert.deepEqual(await asked(() => local.client.send(read)), [
        {
          ...common,
          action: "dynamodb:GetItem",
          "dynamodb:EnclosingOperation": "TransactGetItems",
          "dynamodb:LeadingKeys": ["2"],
          "dynamodb:Attributes": ["id"],
          "dynamodb:Select": "ALL_ATTRIBUTES",
        },
      ]);
    });

    it("does nothing of a transaction of which a part is refused", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "other" });
      local.refused.add(tableArn.replace("images", "other"));
      const transaction = new TransactWriteItemsCommand({
        TransactItems: ["images", "other"].map((TableName) => ({
          Put: { TableName, Item: item("1") },
        })),
      });
      await assert.rejects(local.client.send(transaction), {
        name: "AccessDeniedException",
        message: /not authorized to perform: dynamodb:PutItem on resource: .*other/,
      });
      const { Count } = await local.client.send(new ScanCommand({ TableName: "images" }));
      assert.equal(Count, 0);
    });

    it("does nothing of a batch of which a part is refused", async () => {
      await local.dynamodb.createTable({ ...images, TableName: "other" });
      local.refused.add(tableArn.replace("images", "other"));
      const batch = new BatchWriteItemCommand({
        RequestItems: {
          images: [{ PutRequest: { Item: item("1") } }],
          other: [{ PutRequest: { Item: item("1") } }],
        },
      });
      await assert.rejects(local.client.send(batch), { name: "AccessDeniedException" });
      const { Count } = await local.client.send(new ScanCommand({ TableName: "images" }));
      assert.equal(Count, 0);
    });

    /** A query by `:i`, which is 1. */
    const by = (KeyConditionExpression: string) =>
      new QueryCommand({
        TableName: "images",
        KeyConditionExpression,
        ExpressionAttributeValues: { ":i": { S: "1" } },
      });

    for (const condition of [":i = id", "((id) = (:i))"]) {
      it(`asks for the partition of ${condition}`, async () => {
        const [question] = await asked(() => local.client.send(by(condition)));
        assert.deepEqual(Object.entries(question ?? {}).slice(2, 4), [
          ["dynamodb:LeadingKeys", ["1"]],
          ["dynamodb:Attributes", ["id"]],
        ]);
      });
    }

    for (const [condition, message] of [
      ["id < :i", "Query key condition not supported"],
      ["userId = :i", "Query condition missed key schema element: id"],
      [
        "id = :other",
        /attribute value used in expression is not defined; attribute value: :other$/,
      ],
      ["", "Invalid KeyConditionExpression: The expression can not be empty;"],
      [":i = :i", "Invalid condition in KeyConditionExpression: No key attribute specified"],
      ["id = :i AND :i = id", "KeyConditionExpressions must only contain one condition per key"],
    ] as const) {
      it(`refuses a query by ${condition || "nothing"}`, async () => {
        await assert.rejects(local.client.send(by(condition)), {
          name: "ValidationException",
          message,
        });
      });
    }

    it("answers a refusal as DynamoDB does", async () => {
      local.refused.add(tableArn);
      await assert.rejects(put("1"), {
        name: "AccessDeniedException",
        message: `User: arn:aws:iam::123456789012:root is not authorized to perform: dynamodb:PutItem on resource: ${tableArn} because no identity-based policy allows the dynamodb:PutItem action`,
      });
    });
  });

  it("publishes what is throttled, and nothing of what is not", async () => {
    await put("1");
    assert.deepEqual(local.metrics, []);
    local.faults = { decide: () => ({ kind: "throttle", moment: 0 }) };
    await assert.rejects(put("2"), { name: "ProvisionedThroughputExceededException" });
    assert.deepEqual(
      local.metrics.map(({ name, dimensions }) => [name, dimensions]),
      [
        ["WriteThrottleEvents", { TableName: "images" }],
        ["ThrottledRequests", { TableName: "images", Operation: "PutItem" }],
      ],
    );
  });

  describe("protocol", () => {
    async function post(target: string, body: string, headers = {}): Promise<Response> {
      return fetch(local.dynamodb.url, {
        method: "POST",
        headers: {
          authorization: "AWS4-HMAC-SHA256 x",
          "x-amz-target": target,
          "content-type": "application/x-amz-json-1.0",
          ...headers,
        },
        body,
      });
    }

    async function errorOf(target: string, body: string): Promise<[number, string]> {
      const response = await post(target, body);
      const { __type } = (await response.json()) as { __type: string };
      return [response.status, __type.split("#")[1] ?? ""];
    }

    it("refuses unsigned requests, even those that dynalite itself would take", async () => {
      const response = await fetch(local.dynamodb.url, {
        method: "POST",
        headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
        body: "{}",
      });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /MissingAuthenticationTokenException/);
    });

    it("calls the message by another name where an error tells more", async () => {
      const Item = { id: { S: "1" } };
      const ConditionExpression = "attribute_exists(id)";
      const write = { TableName: "images", Item, ConditionExpression };
      const membersOf = async (operation: string, input: object) => {
        const response = await post(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
        const { __type, ...told } = (await response.json()) as Record<string, unknown>;
        return Object.keys(told).sort();
      };
      assert.deepEqual(await membersOf("PutItem", write), ["message"]);
      const TransactItems = [{ Put: write }];
      const cancelled = await membersOf("TransactWriteItems", { TransactItems });
      assert.deepEqual(cancelled, ["CancellationReasons", "Message"]);
    });

    it("answers with a checksum that fits", async () => {
      const response = await post("DynamoDB_20120810.ListTables", "{}");
      assert.equal(response.headers.get("content-type"), "application/x-amz-json-1.0");
      const body = '{"TableNames":["images"]}';
      assert.equal(await response.text(), body);
      assert.equal(response.headers.get("x-amz-crc32"), String(crc32(body)));
    });

    it("refuses what is malformed", async () => {
      const put = "DynamoDB_20120810.PutItem";
      assert.deepEqual(await errorOf(put, "{"), [400, "SerializationException"]);
      assert.deepEqual(await errorOf(put, "null"), [400, "SerializationException"]);
      assert.deepEqual(await errorOf(put, '{"TableName":{}}'), [400, "SerializationException"]);
      assert.deepEqual(await errorOf(put, '{"TableName":"images","Item":[]}'), [
        400,
        "SerializationException",
      ]);
      assert.deepEqual(await errorOf("Other", "{}"), [400, "UnknownOperationException"]);
    });

    it("outlives what dynalite trips over, and tells of it", async () => {
      const put = '{"TableName":"images","Item":{"id":{"S":"1"},"list":{"L":[null]}}}';
      const answered = await errorOf("DynamoDB_20120810.PutItem", put);
      assert.deepEqual(answered, [500, "InternalServerError"]);
      assert.match(local.notices.join(), /^DynamoDB failed: TypeError/);
    });

    it("answers 501 to operations and members that are not emulated", async () => {
      const notImplemented = { name: "NotImplemented" };
      const TableName = "images";
      for (const refused of [
        local.client.send(new ExecuteStatementCommand({ Statement: "SELECT * FROM images" })),
        local.client.send(new UpdateTableCommand({ TableName, ReplicaUpdates: [] })),
      ]) {
        await assert.rejects(refused, notImplemented);
      }
      await assert.rejects(local.client.send(new ExecuteStatementCommand({ Statement: "x" })), {
        message: "The local cloud does not emulate ExecuteStatement of DynamoDB.",
      });
    });
  });

  it("frees its port and its store when it stops", async () => {
    const { url } = local.dynamodb;
    await local.dynamodb.stop();
    await assert.rejects(fetch(url));
    await local.restart();
    await local.dynamodb.createTable(images);
    await put("1");
  });
});
