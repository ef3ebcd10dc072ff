import assert from "node:assert/strict";

import {
  BatchWriteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

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

  it("leave other attributes empty", async () => {
    await local.client.send(
      new PutItemCommand({ TableName, Item: { id: { S: "a" }, note: { S: "" } } }),
    );
  });
});
