import assert from "node:assert/strict";

import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

const arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/images";
const ReturnConsumedCapacity = "TOTAL";

describe("ARNs of tables", () => {
  let local: LocalDynamoDb;
  let documents: DynamoDBDocumentClient;

  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
    documents = DynamoDBDocumentClient.from(local.client);
    await documents.send(new PutCommand({ TableName: arn, Item: { id: "1" } }));
  });
  after(() => local.stop());

  it("stand for their names, and are in what is told of the capacity", async () => {
    const table = { TableName: arn, ReturnConsumedCapacity } as const;
    const got = await documents.send(new GetCommand({ ...table, Key: { id: "1" } }));
    assert.deepEqual(got.Item, { id: "1" });
    assert.equal(got.ConsumedCapacity?.TableName, arn);
    const queried = await documents.send(
      new QueryCommand({
        ...table,
        KeyConditionExpression: "id = :id",
        ExpressionAttributeValues: { ":id": "1" },
      }),
    );
    assert.deepEqual([queried.Count, queried.ConsumedCapacity?.TableName], [1, arn]);
    const { Table } = await local.client.send(new DescribeTableCommand({ TableName: arn }));
    assert.equal(Table?.TableName, "images");
    assert.equal(local.asked.at(-1)?.resource, arn);
  });

  it("stand for their names in batches, whose answers have them", async () => {
    const write = new BatchWriteCommand({
      RequestItems: { [arn]: [{ PutRequest: { Item: { id: "2" } } }] },
      ReturnConsumedCapacity,
    });
    const { ConsumedCapacity } = await documents.send(write);
    assert.deepEqual(ConsumedCapacity, [{ TableName: arn, CapacityUnits: 1 }]);
    const Keys = [{ id: "2" }];
    const get = new BatchGetCommand({ RequestItems: { [arn]: { Keys } } });
    assert.deepEqual((await documents.send(get)).Responses, { [arn]: Keys });
    const both = { [arn]: { Keys }, images: { Keys } };
    await assert.rejects(documents.send(new BatchGetCommand({ RequestItems: both })), {
      name: "ValidationException",
    });
  });

  it("stand for their names in transactions", async () => {
    const Put = { TableName: arn, Item: { id: "3" } };
    await documents.send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
    const Get = { TableName: arn, Key: { id: "3" } };
    const get = new TransactGetCommand({ TransactItems: [{ Get }], ReturnConsumedCapacity });
    const { Responses, ConsumedCapacity } = await documents.send(get);
    assert.deepEqual(Responses, [{ Item: { id: "3" } }]);
    assert.equal(ConsumedCapacity?.[0]?.TableName, arn);
  });

  it("are refused where they are of other tables than the account's", async () => {
    for (const [part, other] of [
      ["eu-west-1", "us-east-1"],
      ["123456789012", "210987654321"],
      ["table/images", "table/images/index/byUser"],
    ] as const) {
      const TableName = arn.replace(part, other);
      await assert.rejects(documents.send(new GetCommand({ TableName, Key: { id: "1" } })), {
        name: "ValidationException",
      });
    }
  });
});
