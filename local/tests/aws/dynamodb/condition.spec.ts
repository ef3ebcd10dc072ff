import assert from "node:assert/strict";

import {
  type AttributeValue,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";

import { images, LocalDynamoDb } from "./support/local-dynamodb";

const bytes = (...content: number[]): AttributeValue => ({ B: Uint8Array.from(content) });

const item: Record<string, AttributeValue> = {
  id: { S: "a" },
  text: { S: "hello" },
  emptyText: { S: "" },
  bytes: bytes(0xff, 1),
  emptyBytes: bytes(),
  number: { N: "5" },
  no: { BOOL: false },
  nothing: { NULL: true },
  list: { L: [{ N: "1.0" }, { M: { k: { N: "2.00" } } }, { BOOL: false }, { NULL: true }] },
  map: { M: { a: { N: "01" }, b: { L: [{ S: "x" }] } } },
  texts: { SS: ["x", "y"] },
  numbers: { NS: ["1.0", "2"] },
  byteSets: { BS: [Uint8Array.of(1), Uint8Array.of(2)] },
};

/** A condition, the value of `:v` in it if there is one, and whether it holds for the item. */
type Case = readonly [condition: string, value: AttributeValue | undefined, isTrue: boolean];

const map: AttributeValue = { M: { b: { L: [{ S: "x" }] }, a: { N: "1" } } };

const cases: readonly Case[] = [
  ["#map = :v", map, true],
  ["#map <> :v", map, false],
  ["#map = :v", { M: { a: { N: "1" } } }, false],
  ["#map IN (:v)", map, true],
  ["#list[1] = :v", { M: { k: { N: "2" } } }, true],
  ["#list = :v", { L: [{ N: "1" }] }, false],
  ["contains(#list, :v)", { M: { k: { N: "2" } } }, true],
  ["contains(#list, :v)", { BOOL: false }, true],
  ["contains(#list, :v)", { NULL: true }, true],
  ["contains(#list, :v)", { N: "1.00" }, true],
  ["contains(#list, :v)", { N: "3" }, false],
  ["contains(texts, :v)", { S: "y" }, true],
  ["contains(numbers, :v)", { N: "1" }, true],
  ["contains(byteSets, :v)", bytes(2), true],
  ["contains(byteSets, :v)", bytes(3), false],
  ["contains(#text, :v)", { S: "ell" }, true],
  ["contains(#text, :v)", { N: "1" }, false],
  ["texts = :v", { SS: ["y", "x"] }, true],
  ["texts = :v", { SS: ["y"] }, false],
  ["numbers = :v", { NS: ["2.0", "1"] }, true],
  ["byteSets = :v", { BS: [Uint8Array.of(2), Uint8Array.of(1)] }, true],
  ["size(emptyText) = :v", { N: "0" }, true],
  ["size(emptyBytes) = :v", { N: "0" }, true],
  ["size(#text) = :v", { N: "5" }, true],
  ["size(#bytes) = :v", { N: "2" }, true],
  ["size(#map) = :v", { N: "2" }, true],
  ["size(#list) = :v", { N: "4" }, true],
  ["size(texts) = :v", { N: "2" }, true],
  ["size(#number) = :v", { N: "1" }, false],
  ["#no IN (:v)", { BOOL: false }, true],
  ["emptyText IN (:v)", { S: "" }, true],
  ["emptyText BETWEEN :v AND #text", { S: "" }, true],
  ["#number BETWEEN :v AND size(#text)", { N: "4" }, true],
  ["attribute_type(emptyText, :v)", { S: "S" }, true],
  ["attribute_type(#no, :v)", { S: "BOOL" }, true],
  ["attribute_exists(#nothing)", undefined, true],
  ["attribute_not_exists(#missing)", undefined, true],
  ["begins_with(#bytes, :v)", bytes(0xff), true],
  ["begins_with(#bytes, :v)", bytes(0xfe), false],
  ["contains(#bytes, :v)", bytes(0xfe), false],
  ["begins_with(emptyText, :v)", { S: "" }, true],
  ["begins_with(#text, :v)", { S: "hell" }, true],
  ["#missing = #absent", undefined, false],
  ["#missing <> #absent", undefined, true],
  ["#number < :v", { S: "6" }, false],
  ["NOT (#number < :v OR #number > :v)", { N: "5" }, true],
];

/** Those of the names in a condition that are reserved words. */
function namesIn(condition: string): Record<string, string> | undefined {
  const names = [...condition.matchAll(/#(\w+)/g)].map(([name, word = ""]) => [name, word]);
  return names.length === 0 ? undefined : (Object.fromEntries(names) as Record<string, string>);
}

describe("DynamoDB's conditions", () => {
  let local: LocalDynamoDb;
  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(images);
    await local.client.send(new PutItemCommand({ TableName: "images", Item: item }));
  });
  after(() => local.stop());

  for (const [condition, value, isTrue] of cases) {
    const parts = {
      TableName: "images",
      ExpressionAttributeNames: namesIn(condition),
      ...(value && { ExpressionAttributeValues: { ":v": value } }),
    };

    it(`${condition} with ${JSON.stringify(value)} is ${isTrue}`, async () => {
      const { Count, ScannedCount } = await local.client.send(
        new ScanCommand({ ...parts, FilterExpression: condition }),
      );

      assert.deepEqual({ Count, ScannedCount }, { Count: isTrue ? 1 : 0, ScannedCount: 1 });
      const put = local.client.send(
        new PutItemCommand({ ...parts, Item: item, ConditionExpression: condition }),
      );
      await (isTrue ? put : assert.rejects(put, { name: "ConditionalCheckFailedException" }));
    });
  }

  it("filter before attributes are left out, and count without items", async () => {
    const query = {
      TableName: "images",
      KeyConditionExpression: "id = :id",
      FilterExpression: "#map = :v",
      ExpressionAttributeNames: { "#map": "map" },
      ExpressionAttributeValues: { ":id": { S: "a" }, ":v": map },
    };

    const shown = await local.client.send(
      new QueryCommand({ ...query, ProjectionExpression: "emptyText" }),
    );
    assert.deepEqual(shown.Items, [{ emptyText: { S: "" } }]);

    const counted = await local.client.send(new QueryCommand({ ...query, Select: "COUNT" }));
    assert.deepEqual([counted.Count, counted.ScannedCount, counted.Items], [1, 1, undefined]);
  });

  const many = Array.from({ length: 101 }, (_, index) => `:v${index}`);

  const refused: readonly (readonly [string, string, Record<string, AttributeValue>, string])[] = [
    [
      "more than 4096 bytes",
      Array.from({ length: 600 }, () => "a=:v").join(" OR "),
      { ":v": { N: "1" } },
      "Invalid FilterExpression: Expression size has exceeded the maximum allowed size; expression size: 4796",
    ],
    [
      "more than 100 operands of IN",
      `a IN (${many.join(",")})`,
      Object.fromEntries(many.map((name) => [name, { S: name }])),
      "Invalid FilterExpression: The IN operator is provided with too many operands; number of operands: 101",
    ],
    [
      "an order of what has none",
      "a < :v",
      { ":v": { BOOL: true } },
      "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
    ],
    [
      "bounds without an order",
      "a BETWEEN :v AND :v",
      { ":v": { L: [] } },
      "Invalid FilterExpression: Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: L",
    ],
  ];

  for (const [what, filter, values, message] of refused) {
    it(`refuse ${what}`, async () => {
      await assert.rejects(
        local.client.send(
          new ScanCommand({
            TableName: "images",
            FilterExpression: filter,
            ExpressionAttributeValues: values,
          }),
        ),
        { name: "ValidationException", message },
      );
    });
  }

  it("refuse an empty value of a key", async () => {
    await assert.rejects(
      local.client.send(
        new QueryCommand({
          TableName: "images",
          KeyConditionExpression: "id = :id",
          ExpressionAttributeValues: { ":id": { S: "" } },
        }),
      ),
      {
        name: "ValidationException",
        message:
          "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
      },
    );
  });

  it("refuse the first segment without a number of all", async () => {
    await assert.rejects(local.client.send(new ScanCommand({ TableName: "images", Segment: 0 })), {
      name: "ValidationException",
      message: /^The TotalSegments parameter is required/,
    });
  });
});
