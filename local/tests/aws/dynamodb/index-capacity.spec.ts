import assert from "node:assert/strict";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import type { TableDefinition } from "../../../aws/dynamodb/table-definition";
import { LocalDynamoDb } from "./support/local-dynamodb";

const TableName = "notes";

/** An index of its own key with one further attribute, and one of the table's partition key with none. */
const table: TableDefinition = {
  TableName,
  AttributeDefinitions: ["user", "name", "time", "tag"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: [
    { AttributeName: "user", KeyType: "HASH" },
    { AttributeName: "name", KeyType: "RANGE" },
  ],
  BillingMode: "PAY_PER_REQUEST",
  GlobalSecondaryIndexes: [
    {
      IndexName: "byTag",
      KeySchema: [{ AttributeName: "tag", KeyType: "HASH" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["title"] },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: "byTime",
      KeySchema: [
        { AttributeName: "user", KeyType: "HASH" },
        { AttributeName: "time", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
};

const Key = { user: "ada", name: "first" };
const kilobyte = "x".repeat(1024);
const units = (CapacityUnits: number) => ({ CapacityUnits });

describe("what writes consume of indexes", () => {
  let local: LocalDynamoDb;
  let documents: DynamoDBDocumentClient;

  before(async () => {
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(table);
    documents = DynamoDBDocumentClient.from(local.client);
  });
  after(() => local.stop());

  const put = async (item: object) => {
    const Item = { ...Key, ...item };
    const command = new PutCommand({ TableName, Item, ReturnConsumedCapacity: "INDEXES" });
    return (await documents.send(command)).ConsumedCapacity;
  };

  /** Each goes on from the one before. */
  const writes: [what: string, item: object, tag: number, time: number, ofTable: number][] = [
    ["an item that is in none", {}, 0, 0, 1],
    ["a key of one, which it gets", { tag: "a" }, 1, 0, 1],
    ["the same again", { tag: "a" }, 0, 0, 1],
    ["a key of the other, too", { tag: "a", time: "1" }, 0, 1, 1],
    ["an attribute that none has", { tag: "a", time: "1", text: kilobyte }, 0, 0, 2],
    ["an attribute that one has", { tag: "a", time: "1", title: "t" }, 1, 0, 2],
    ["a key that changes, which moves the entry", { tag: "b", time: "1", title: "t" }, 2, 0, 1],
    ["an entry of more than a unit", { tag: "b", time: "1", title: kilobyte }, 2, 0, 2],
    ["keys that go", {}, 2, 1, 2],
  ];

  for (const [what, item, tag, time, ofTable] of writes) {
    it(`tells it of ${what}`, async () => {
      assert.deepEqual(await put(item), {
        TableName,
        CapacityUnits: ofTable + tag + time,
        Table: units(ofTable),
        ...(tag > 0 && { GlobalSecondaryIndexes: { byTag: units(tag) } }),
        ...(time > 0 && { LocalSecondaryIndexes: { byTime: units(time) } }),
      });
    });
  }

  it("counts it to the total of updates and deletions", async () => {
    const UpdateExpression = "SET tag = :tag";
    const update = new UpdateCommand({
      ...{ TableName, Key, UpdateExpression, ReturnConsumedCapacity: "TOTAL" },
      ExpressionAttributeValues: { ":tag": "c" },
    });
    const { ConsumedCapacity } = await documents.send(update);
    assert.deepEqual(ConsumedCapacity, { TableName, CapacityUnits: 2 });
    const deletion = new DeleteCommand({ TableName, Key, ReturnConsumedCapacity: "INDEXES" });
    const { ConsumedCapacity: ofDeletion } = await documents.send(deletion);
    assert.deepEqual(ofDeletion, {
      ...{ TableName, CapacityUnits: 2, Table: units(1) },
      GlobalSecondaryIndexes: { byTag: units(1) },
    });
  });

  it("adds up a batch, and a transaction at twice as much", async () => {
    const items = ["1", "2"].map((name) => ({ user: "bob", name, tag: "a", time: "1" }));
    const batch = new BatchWriteCommand({
      RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
      ReturnConsumedCapacity: "INDEXES",
    });
    const { ConsumedCapacity } = await documents.send(batch);
    assert.deepEqual(ConsumedCapacity, [
      {
        ...{ TableName, CapacityUnits: 6, Table: units(2) },
        GlobalSecondaryIndexes: { byTag: units(2) },
        LocalSecondaryIndexes: { byTime: units(2) },
      },
    ]);
    const [first, second] = items.map(({ user, name }) => ({ user, name }));
    const transaction = new TransactWriteCommand({
      TransactItems: [
        { Delete: { TableName, Key: first } },
        {
          ConditionCheck: {
            ...{ TableName, Key: second, ConditionExpression: "attribute_exists(tag)" },
          },
        },
        { Put: { TableName, Item: { ...Key, tag: "a" } } },
      ],
      ReturnConsumedCapacity: "INDEXES",
    });
    const written = (count: number) => ({ CapacityUnits: count, WriteCapacityUnits: count });
    assert.deepEqual((await documents.send(transaction)).ConsumedCapacity, [
      {
        ...{ TableName, ...written(12), Table: written(6) },
        GlobalSecondaryIndexes: { byTag: written(4) },
        LocalSecondaryIndexes: { byTime: written(2) },
      },
    ]);
  });
});
