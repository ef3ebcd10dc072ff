import assert from "node:assert/strict";

import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

const TableName = "notes";
const arn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${TableName}`;
const ReturnItemCollectionMetrics = "SIZE";

const collection = (user: string) => ({
  ItemCollectionKey: { user },
  SizeEstimateRangeGB: [0, 1],
});

describe("what writes tell of item collections", () => {
  let local: LocalDynamoDb;
  let documents: DynamoDBDocumentClient;

  before(async () => {
    local = await LocalDynamoDb.start();
    const key = (sort: string) => [
      { AttributeName: "user", KeyType: "HASH" as const },
      { AttributeName: sort, KeyType: "RANGE" as const },
    ];
    await local.dynamodb.createTable({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["user", "name", "time"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S" as const,
      })),
      KeySchema: key("name"),
      LocalSecondaryIndexes: [
        { IndexName: "byTime", KeySchema: key("time"), Projection: { ProjectionType: "ALL" } },
      ],
    });
    await local.dynamodb.createTable(images);
    documents = DynamoDBDocumentClient.from(local.client);
  });
  after(() => local.stop());

  it("is that of the item, for each write of one", async () => {
    const Key = { user: "ann", name: "a" };
    const asked = { TableName, ReturnItemCollectionMetrics } as const;
    for (const command of [
      new PutCommand({ ...asked, Item: Key }),
      new UpdateCommand({
        ...asked,
        Key,
        UpdateExpression: "SET n = :n",
        ExpressionAttributeValues: { ":n": 1 },
      }),
      new DeleteCommand({ ...asked, Key }),
    ]) {
      const { ItemCollectionMetrics } = await documents.send(command as PutCommand);
      assert.deepEqual(ItemCollectionMetrics, collection("ann"));
    }
  });

  it("is none unless it is asked for, nor of tables without local indexes", async () => {
    const quiet = await documents.send(
      new PutCommand({ TableName, Item: { user: "a", name: "a" } }),
    );
    assert.equal(quiet.ItemCollectionMetrics, undefined);
    const put = { TableName: "images", Item: { id: "1" }, ReturnItemCollectionMetrics } as const;
    assert.equal((await documents.send(new PutCommand(put))).ItemCollectionMetrics, undefined);
  });

  it("is each once in batches and transactions, by tables as they are given", async () => {
    const items = ["a", "b"].map((name) => ({ user: "ann", name }));
    const batch = new BatchWriteCommand({
      RequestItems: {
        [arn]: [...items, { user: "bob", name: "a" }].map((Item) => ({ PutRequest: { Item } })),
        images: [{ PutRequest: { Item: { id: "2" } } }],
      },
      ReturnItemCollectionMetrics,
    });
    const { ItemCollectionMetrics } = await documents.send(batch);
    assert.deepEqual(ItemCollectionMetrics, { [arn]: [collection("ann"), collection("bob")] });
    const [one, other] = items;
    const transaction = (metrics: "NONE" | "SIZE") =>
      new TransactWriteCommand({
        TransactItems: [
          { Delete: { TableName, Key: one } },
          { Delete: { TableName, Key: other } },
          {
            ConditionCheck: {
              TableName,
              Key: { user: "bob", name: "a" },
              ConditionExpression: "attribute_exists(#user)",
              ExpressionAttributeNames: { "#user": "user" },
            },
          },
        ],
        ReturnItemCollectionMetrics: metrics,
      });
    const told = await documents.send(transaction("SIZE"));
    assert.deepEqual(told.ItemCollectionMetrics, { [TableName]: [collection("ann")] });
    await assert.rejects(documents.send(transaction("ALL" as "SIZE")), {
      name: "ValidationException",
      message: /'returnItemCollectionMetrics' failed to satisfy constraint: .*: \[SIZE, NONE\]$/,
    });
  });
});
