import assert from "node:assert/strict";

import {
  DeleteItemCommand,
  DescribeTableCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

describe("DynamoDB's choices", () => {
  const TableName = "images";
  let local: LocalDynamoDb;
  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
    await local.client.send(new PutItemCommand({ TableName, Item: { id: { S: "a" } } }));
  });
  after(() => local.stop());

  async function refused(call: Promise<unknown>, message: string | RegExp): Promise<void> {
    await assert.rejects(call, { name: "ValidationException", message });
  }

  const invalid = "One or more parameter values were invalid: ";
  const selections: [Partial<ScanCommandInput & QueryCommandInput>, string][] = [
    [
      { Select: "ALL_PROJECTED_ATTRIBUTES" },
      "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
    ],
    [
      { Select: "SPECIFIC_ATTRIBUTES" },
      "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    ],
    [
      { Select: "ALL_ATTRIBUTES", ProjectionExpression: "id" },
      "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES",
    ],
    [
      { Select: "COUNT", ProjectionExpression: "id" },
      "Cannot specify the ProjectionExpression when choosing to get only the Count",
    ],
  ];
  for (const [selection, message] of selections) {
    it(`refuse ${JSON.stringify(selection)}`, async () => {
      await refused(
        local.client.send(new ScanCommand({ TableName, ...selection })),
        invalid + message,
      );
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: "id = :v",
        ExpressionAttributeValues: { ":v": { S: "a" } },
        ...selection,
      });
      await refused(local.client.send(query), invalid + message);
    });
  }

  it("take what goes together", async () => {
    for (const selection of [
      { Select: "ALL_ATTRIBUTES" },
      { Select: "COUNT" },
      { Select: "SPECIFIC_ATTRIBUTES", ProjectionExpression: "id" },
      { TotalSegments: 1_000_000, Segment: 0 },
    ] as const) {
      const { $metadata } = await local.client.send(new ScanCommand({ TableName, ...selection }));
      assert.equal($metadata.httpStatusCode, 200);
    }
  });

  it("are a million segments at most", () =>
    refused(
      local.client.send(new ScanCommand({ TableName, TotalSegments: 1_000_001, Segment: 0 })),
      /'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000$/,
    ));

  for (const ReturnValues of ["UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"] as const) {
    it(`are not ${ReturnValues} of what is deleted`, async () => {
      const Key = { id: { S: "a" } };
      await refused(
        local.client.send(new DeleteItemCommand({ TableName, Key, ReturnValues })),
        "ReturnValues can only be ALL_OLD or NONE",
      );
    });
  }

  it("are names of tables, before it is said that there is none", async () => {
    const message = /'tableName' failed to satisfy constraint/;
    const Item = { id: { S: "a" } };
    await refused(local.client.send(new PutItemCommand({ TableName: "a b", Item })), message);
    await refused(local.client.send(new ScanCommand({ TableName: "a b" })), message);
    await refused(local.client.send(new DescribeTableCommand({ TableName: "a b" })), message);
  });

  it("are 100 names of tables at most", () =>
    refused(
      local.client.send(new ListTablesCommand({ Limit: 101 })),
      /'limit' failed to satisfy constraint: Member must have value less than or equal to 100$/,
    ));

  it("are names in expressions that begin with a letter", async () => {
    for (const [UpdateExpression, near] of [
      ["SET _a = :v", "SET _a"],
      ["SET a._b = :v", "_b"],
    ] as const) {
      const update = new UpdateItemCommand({
        TableName,
        Key: { id: { S: "a" } },
        UpdateExpression,
        ExpressionAttributeValues: { ":v": { S: "v" } },
      });
      await refused(
        local.client.send(update),
        `Invalid UpdateExpression: Syntax error; token: "_", near: "${near}"`,
      );
    }
    const update = new UpdateItemCommand({
      TableName,
      Key: { id: { S: "a" } },
      UpdateExpression: "SET #_a = :_v, b_c = :_v",
      ExpressionAttributeNames: { "#_a": "_a" },
      ExpressionAttributeValues: { ":_v": { S: "v" } },
      ReturnValues: "ALL_NEW",
    });
    const { Attributes } = await local.client.send(update);
    assert.deepEqual(Attributes, { id: { S: "a" }, _a: { S: "v" }, b_c: { S: "v" } });
  });
});
