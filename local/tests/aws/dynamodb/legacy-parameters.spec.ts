import assert from "node:assert/strict";

import {
  type AttributeValue,
  BatchGetItemCommand,
  type ComparisonOperator,
  DeleteItemCommand,
  type ExpectedAttributeValue,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

const { TableName } = images;
const Key = { id: { S: "1" } };
const item = {
  ...Key,
  userId: { S: "ada" },
  timestamp: { N: "5" },
  tags: { SS: ["cat", "dog"] },
  "a.b": { S: "dotted" },
  list: { L: [{ N: "1" }, { BOOL: true }] },
};

describe("the parameters of DynamoDB that expressions replaced", () => {
  let local: LocalDynamoDb;

  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
  });
  after(() => local.stop());
  beforeEach(() => put(item));

  const put = (Item: Record<string, AttributeValue>) =>
    local.client.send(new PutItemCommand({ TableName, Item }));
  const get = async () =>
    (await local.client.send(new GetItemCommand({ TableName, Key }))).Item ?? {};
  const update = (input: Partial<UpdateItemCommandInput>) =>
    local.client.send(new UpdateItemCommand({ TableName, Key, ...input }));
  const query = (input: Partial<QueryCommandInput>) =>
    local.client.send(new QueryCommand({ TableName, ...input }));
  const scan = (input: Partial<ScanCommandInput>) =>
    local.client.send(new ScanCommand({ TableName, ...input }));
  const is = (operator: ComparisonOperator, ...values: AttributeValue[]) => ({
    ComparisonOperator: operator,
    ...(values.length > 0 && { AttributeValueList: values }),
  });
  const invalid = (message: string | RegExp) => ({ name: "ValidationException", message });

  it("get some attributes, by names that are no paths", async () => {
    const AttributesToGet = ["a.b", "userId", "none"];
    const expected = { "a.b": item["a.b"], userId: item.userId };
    const got = await local.client.send(new GetItemCommand({ TableName, Key, AttributesToGet }));
    assert.deepEqual(got.Item, expected);
    const RequestItems = { [TableName]: { Keys: [Key], AttributesToGet } };
    const batch = await local.client.send(new BatchGetItemCommand({ RequestItems }));
    assert.deepEqual(batch.Responses?.[TableName], [expected]);
    const scanned = await scan({ AttributesToGet, Select: "SPECIFIC_ATTRIBUTES" });
    assert.deepEqual(scanned.Items, [expected]);
  });

  it("query by conditions on keys, and filter", async () => {
    const KeyConditions = {
      userId: is("EQ", { S: "ada" }),
      timestamp: is("BETWEEN", { N: "4" }, { N: "6" }),
    };
    const byUser = { IndexName: "byUser", KeyConditions };
    assert.deepEqual((await query(byUser)).Items, [item]);
    const QueryFilter = { tags: is("CONTAINS", { S: "cow" }) };
    const { Count, ScannedCount } = await query({ ...byUser, QueryFilter });
    assert.deepEqual([Count, ScannedCount], [0, 1]);
    const withFilter = await query({
      KeyConditions: { id: is("EQ", { S: "1" }) },
      FilterExpression: "#user = :user",
      ProjectionExpression: "#user",
      ExpressionAttributeNames: { "#user": "userId" },
      ExpressionAttributeValues: { ":user": { S: "ada" } },
    });
    assert.deepEqual(withFilter.Items, [{ userId: { S: "ada" } }]);
    await assert.rejects(
      query({ KeyConditions: { id: is("NE", { S: "1" }) } }),
      invalid("Attempted conditional constraint is not an indexable operation"),
    );
  });

  it("are asked permission for, attribute by attribute", async () => {
    local.asked.length = 0;
    await query({ KeyConditions: { id: is("EQ", { S: "1" }) }, AttributesToGet: ["userId"] });
    const [{ context = {} } = {}] = local.asked;
    assert.deepEqual(context["dynamodb:LeadingKeys"], ["1"]);
    assert.deepEqual([context["dynamodb:Attributes"]].flat().sort(), ["id", "userId"]);
  });

  const filters: [attribute: string, condition: ReturnType<typeof is>, matches: boolean][] = [
    ["userId", is("EQ", { S: "ada" }), true],
    ["userId", is("NE", { S: "ada" }), false],
    ["none", is("NE", { S: "ada" }), true],
    ["timestamp", is("LE", { N: "5" }), true],
    ["timestamp", is("LT", { N: "5" }), false],
    ["timestamp", is("GE", { N: "5" }), true],
    ["timestamp", is("GT", { N: "5" }), false],
    ["timestamp", is("BETWEEN", { N: "5" }, { N: "6" }), true],
    ["timestamp", is("IN", { N: "4" }, { N: "5" }), true],
    ["userId", is("BEGINS_WITH", { S: "ad" }), true],
    ["userId", is("CONTAINS", { S: "d" }), true],
    ["tags", is("CONTAINS", { S: "dog" }), true],
    ["tags", is("NOT_CONTAINS", { S: "cow" }), true],
    ["tags", is("NOT_CONTAINS", { S: "dog" }), false],
    ["none", is("NOT_CONTAINS", { S: "dog" }), false],
    ["list", is("EQ", { L: [{ N: "1" }, { BOOL: true }] }), true],
    ["list", is("NE", { BOOL: true }), true],
    ["a.b", is("NOT_NULL"), true],
    ["none", is("NULL"), true],
  ];
  for (const [attribute, condition, matches] of filters) {
    const values = JSON.stringify(condition.AttributeValueList ?? []);
    it(`filter by ${attribute} ${condition.ComparisonOperator} ${values}`, async () => {
      const { Count } = await scan({ ScanFilter: { [attribute]: condition } });
      assert.equal(Count, Number(matches));
    });
  }

  it("filter by all of them, or by one", async () => {
    const ScanFilter = { userId: is("EQ", { S: "ada" }), timestamp: is("EQ", { N: "9" }) };
    assert.equal((await scan({ ScanFilter })).Count, 0);
    assert.equal((await scan({ ScanFilter, ConditionalOperator: "AND" })).Count, 0);
    assert.equal((await scan({ ScanFilter, ConditionalOperator: "OR" })).Count, 1);
    await assert.rejects(
      scan({ ConditionalOperator: "OR" }),
      invalid("ConditionalOperator cannot be used without Filter or Expected"),
    );
    await assert.rejects(
      scan({ ConditionalOperator: "OR", ScanFilter: { userId: is("NULL") } }),
      invalid(
        "ConditionalOperator can only be used when Filter or Expected has two or more elements",
      ),
    );
  });

  it("put, add and delete attributes", async () => {
    const { Attributes } = await update({
      AttributeUpdates: {
        userId: { Value: { S: "eve" } },
        timestamp: { Action: "ADD", Value: { N: "2" } },
        tags: { Action: "DELETE", Value: { SS: ["cat"] } },
        more: { Action: "ADD", Value: { L: [{ N: "1" }] } },
        "a.b": { Action: "DELETE" },
      },
      ReturnValues: "UPDATED_NEW",
    });
    const changed = {
      userId: { S: "eve" },
      timestamp: { N: "7" },
      tags: { SS: ["dog"] },
      more: { L: [{ N: "1" }] },
    };
    assert.deepEqual(Attributes, changed);
    await update({ AttributeUpdates: { more: { Action: "ADD", Value: { L: [{ N: "2" }] } } } });
    const more = { L: [{ N: "1" }, { N: "2" }] };
    assert.deepEqual(await get(), { ...Key, list: item.list, ...changed, more });
    await assert.rejects(
      update({ AttributeUpdates: { userId: { Action: "PUT" } } }),
      invalid(/Only DELETE action is allowed when no attribute value is specified$/),
    );
  });

  it("change as many attributes as an item may have", async () => {
    const names = Array.from({ length: 2000 }, (_, place) => `attribute-${place}`);
    const Value = { N: "1" };
    await update({ AttributeUpdates: Object.fromEntries(names.map((name) => [name, { Value }])) });
    assert.equal(Object.keys(await get()).length, Object.keys(item).length + 2000);
  });

  const expectations: [expected: ExpectedAttributeValue, holds: boolean][] = [
    [{ Value: { S: "ada" } }, true],
    [{ Value: { S: "eve" } }, false],
    [{ Exists: true, Value: { S: "ada" } }, true],
    [{ Exists: false }, false],
    [{ ComparisonOperator: "BEGINS_WITH", AttributeValueList: [{ S: "a" }] }, true],
    [{ ComparisonOperator: "GT", Value: { S: "b" } }, false],
  ];
  for (const [expected, holds] of expectations) {
    it(`write where ${JSON.stringify(expected)} ${holds ? "holds" : "does not hold, not"}`, async () => {
      const Expected = { userId: expected };
      const commands = [
        new UpdateItemCommand({
          TableName,
          Key,
          Expected,
          AttributeUpdates: { seen: { Value: { BOOL: true } } },
        }),
        new PutItemCommand({ TableName, Item: item, Expected }),
        new DeleteItemCommand({ TableName, Key, Expected }),
      ] as const;
      for (const command of commands) {
        const sent = local.client.send(command as PutItemCommand);
        if (holds) {
          await sent;
        } else {
          await assert.rejects(sent, { name: "ConditionalCheckFailedException" });
        }
      }
      assert.equal((await scan({})).Count, holds ? 0 : 1);
    });
  }

  for (const [operator, type, ...values] of [
    ["CONTAINS", "L", { L: [{ S: "a" }] }],
    ["NOT_CONTAINS", "SS", { SS: ["a"] }],
    ["IN", "L", { L: [] }, { L: [] }],
    ["LT", "BOOL", { BOOL: true }],
    ["BETWEEN", "NS", { NS: ["1"] }, { NS: ["2"] }],
    ["BEGINS_WITH", "N", { N: "1" }],
  ] as const) {
    it(`expect ${operator} of no ${type}`, async () => {
      await assert.rejects(
        update({ Expected: { userId: is(operator, ...(values as readonly AttributeValue[])) } }),
        invalid(
          `One or more parameter values were invalid: ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`,
        ),
      );
    });
  }

  it("add and delete nothing of another type", async () => {
    const change = (Action: "ADD" | "DELETE") =>
      update({ AttributeUpdates: { "a.b": { Action, Value: { SS: ["a"] } } } });
    for (const action of ["ADD", "DELETE"] as const) {
      await assert.rejects(change(action), invalid("Type mismatch for attribute to update"));
    }
  });

  it("are refused beside expressions", async () => {
    await assert.rejects(
      scan({ AttributesToGet: ["id"], FilterExpression: "attribute_exists(id)" }),
      invalid(
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {FilterExpression}",
      ),
    );
  });
});
