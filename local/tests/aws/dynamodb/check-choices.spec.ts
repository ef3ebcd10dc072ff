import assert from "node:assert/strict";

import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  TransactGetItemsCommand,
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

  it("are one write each in a batch", async () => {
    const Item = { id: { S: "b" } };
    for (const request of [{}, { PutRequest: { Item }, DeleteRequest: { Key: Item } }]) {
      await refused(
        local.client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [request] } })),
        /must contain exactly one of the supported datatypes$/,
      );
    }
  });

  it("are limits of one at least", async () => {
    const message =
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1";
    await refused(local.client.send(new ScanCommand({ TableName, Limit: 0 })), message);
    await refused(local.client.send(new ListTablesCommand({ Limit: 0 })), message);
  });

  it("are none where they are null", async () => {
    const none = null as unknown as undefined;
    const nulls = { ConsistentRead: none, ProjectionExpression: none };
    const Keys = [{ id: { S: "a" } }];
    const Key = { id: { S: "a" } };
    const got = await local.client.send(new GetItemCommand({ TableName, Key, ...nulls }));
    assert.deepEqual(got.Item, Key);
    const batch = { RequestItems: { [TableName]: { Keys, ...nulls } } };
    const { Responses } = await local.client.send(new BatchGetItemCommand(batch));
    assert.deepEqual(Responses, { [TableName]: Keys });
    const Get = { TableName, Key, ProjectionExpression: none };
    const transaction = new TransactGetItemsCommand({ TransactItems: [{ Get }] });
    assert.deepEqual((await local.client.send(transaction)).Responses, [{ Item: Key }]);
    const Item = { id: { S: none } } as unknown as Record<string, AttributeValue>;
    await refused(
      local.client.send(new PutItemCommand({ TableName, Item })),
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
    );
  });

  it("are names of attributes of 1 to 65,535 bytes, in expressions, too", async () => {
    for (const [name, message] of [
      ["", /Empty attribute name$/],
      ["a".repeat(65_536), /must be less than 65536 bytes$/],
    ] as const) {
      const Item = { id: { S: "a" }, [name]: { S: "x" } };
      await refused(local.client.send(new PutItemCommand({ TableName, Item })), message);
      const get = { TableName, Key: { id: { S: "a" } }, ProjectionExpression: "#name" };
      const named = { ...get, ExpressionAttributeNames: { "#name": name } };
      await refused(local.client.send(new GetItemCommand(named)), message);
    }
  });

  it("are paths of 32 levels, and places in lists that there can be", async () => {
    const get = (ProjectionExpression: string) =>
      local.client.send(
        new GetItemCommand({ TableName, Key: { id: { S: "a" } }, ProjectionExpression }),
      );
    await get(`a${".b".repeat(31)}`);
    await get("a[2147483647]");
    await refused(get(`a${".b".repeat(31)}[0]`), /too many nesting levels; nesting levels: 33$/);
    await refused(
      get("id, a.b[2147483648]"),
      "Invalid ProjectionExpression: List index is not within the allowable range; index: [2147483648]",
    );
    const update = new UpdateItemCommand({
      TableName,
      Key: { id: { S: "a" } },
      UpdateExpression: `REMOVE a${"[0]".repeat(32)}`,
    });
    await refused(local.client.send(update), /nesting levels: 33$/);
  });

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
