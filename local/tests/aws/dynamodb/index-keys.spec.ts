import assert from "node:assert/strict";

import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

type Attributes = Record<string, AttributeValue>;

describe("DynamoDB's keys of indexes", () => {
  let local: LocalDynamoDb;
  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
  });
  after(() => local.stop());

  const TableName = "images";
  const Item = { id: { S: "a" }, userId: { S: "" } };
  const written =
    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byUser, IndexKey: userId";

  it("are no empty text when an item is written", async () => {
    const name = "ValidationException";
    await assert.rejects(local.client.send(new PutItemCommand({ TableName, Item })), {
      name,
      message: written,
    });
    await assert.rejects(
      local.client.send(
        new BatchWriteItemCommand({ RequestItems: { images: [{ PutRequest: { Item } }] } }),
      ),
      { name, message: written },
    );
    await assert.rejects(
      local.client.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item } }] }),
      ),
      { name: "TransactionCanceledException" },
    );
  });

  it("are no empty text when an item is updated", async () => {
    await assert.rejects(
      local.client.send(
        new UpdateItemCommand({
          TableName,
          Key: { id: { S: "a" } },
          UpdateExpression: "SET userId = :v",
          ExpressionAttributeValues: { ":v": { S: "" } },
        }),
      ),
      {
        name: "ValidationException",
        message:
          "One or more parameter values are not valid. The update expression attempted to update the secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.",
      },
    );
  });

  // Three bytes each.
  const textOf = (bytes: number) => ({
    S: "\u20ac".repeat(Math.floor(bytes / 3)).padEnd(bytes - 2 * Math.floor(bytes / 3), "x"),
  });

  it("have 2048 bytes at most, when an item is written and when it is updated", async () => {
    const Key = { id: { S: "a" } };
    const put = (bytes: number) =>
      local.client.send(new PutItemCommand({ TableName, Item: { ...Key, userId: textOf(bytes) } }));
    const refused = {
      name: "ValidationException",
      message:
        "One or more parameter values were invalid: Size limit exceeded for Index Key userId Actual Size: 2049 bytes Max Size: 2048 bytes IndexName: byUser",
    };
    await put(2048);
    await assert.rejects(put(2049), refused);
    const update = (name: string, value: AttributeValue) =>
      local.client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: "SET #name = :value",
          ExpressionAttributeNames: { "#name": name },
          ExpressionAttributeValues: { ":value": value },
        }),
      );
    await assert.rejects(update("userId", textOf(2049)), refused);
    await update("other", textOf(2049));
  });

  it("have 1024 bytes at most for a sort key, of bytes, too", async () => {
    await local.dynamodb.createTable({
      ...images,
      TableName: "sorted",
      AttributeDefinitions: [
        ...images.AttributeDefinitions.filter(({ AttributeName }) => AttributeName !== "timestamp"),
        { AttributeName: "timestamp", AttributeType: "B" },
      ],
    });
    const put = (length: number) =>
      local.client.send(
        new PutItemCommand({
          TableName: "sorted",
          Item: { id: { S: "a" }, timestamp: { B: Buffer.alloc(length) } },
        }),
      );
    await put(1024);
    await assert.rejects(put(1025), /Index Key timestamp Actual Size: 1025 bytes Max Size: 1024/);
  });

  it("of the table itself have as many, counted as bytes", async () => {
    const { client } = local;
    const operations = [
      (Item: Attributes) => client.send(new PutItemCommand({ TableName, Item })),
      (Key: Attributes) => client.send(new GetItemCommand({ TableName, Key })),
      (Key: Attributes) =>
        client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } })),
      (Item: Attributes) =>
        client.send(
          new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }),
        ),
    ];
    for (const operation of operations) {
      await operation({ id: textOf(2048) });
      await assert.rejects(operation({ id: textOf(2049) }), {
        name: "ValidationException",
        message:
          "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
      });
    }
  });

  it("leave other attributes empty", async () => {
    await local.client.send(
      new PutItemCommand({ TableName, Item: { id: { S: "a" }, note: { S: "" } } }),
    );
  });
});
