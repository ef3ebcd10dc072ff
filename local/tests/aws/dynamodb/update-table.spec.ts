import assert from "node:assert/strict";

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";

import { bare, LocalDynamoDb } from "./support/local-dynamodb";

const TableName = "made";
const ResourceArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${TableName}`;

const byUser = {
  IndexName: "byUser",
  KeySchema: [{ AttributeName: "userId", KeyType: "HASH" as const }],
  Projection: { ProjectionType: "ALL" as const },
};
const userId = { AttributeName: "userId", AttributeType: "S" as const };
const adding = {
  AttributeDefinitions: [userId],
  GlobalSecondaryIndexUpdates: [{ Create: byUser }],
};
const removing = { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "byUser" } }] };
const units = (count: number) => ({ ReadCapacityUnits: count, WriteCapacityUnits: count });

describe("UpdateTable", () => {
  let local: LocalDynamoDb;

  beforeEach(async () => {
    local = await LocalDynamoDb.start();
  });
  afterEach(() => local.stop());

  const create = (more: Partial<CreateTableCommandInput> = {}) =>
    local.client.send(new CreateTableCommand({ TableName, ...bare, ...more }));
  const withIndex = () =>
    create({
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }, userId],
      GlobalSecondaryIndexes: [byUser],
    });
  const update = (input: Omit<UpdateTableCommandInput, "TableName">) =>
    local.client.send(new UpdateTableCommand({ TableName, ...input }));
  const put = (id: string, more: Record<string, { S: string } | { N: string }> = {}) =>
    local.client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...more } }));
  const describeTable = async () =>
    (await local.client.send(new DescribeTableCommand({ TableName }))).Table ?? assert.fail();
  const idsIn = async (IndexName?: string) => {
    const { Items = [] } = await local.client.send(new ScanCommand({ TableName, IndexName }));
    return Items.map(({ id }) => id?.S).sort();
  };
  const idsOf = async (user: string) => {
    const { Items = [] } = await local.client.send(
      new QueryCommand({
        TableName,
        IndexName: "byUser",
        KeyConditionExpression: "userId = :user",
        ExpressionAttributeValues: { ":user": { S: user } },
      }),
    );
    return Items.map(({ id }) => id?.S).sort();
  };

  describe("adds an index", () => {
    it("which is told as in the making, and can be read once it is answered", async () => {
      await create();
      await put("1", { userId: { S: "ada" } });
      const { TableDescription } = await update(adding);
      assert.equal(TableDescription?.TableStatus, "UPDATING");
      const [made] = TableDescription.GlobalSecondaryIndexes ?? [];
      assert.deepEqual([made?.IndexStatus, made?.Backfilling], ["CREATING", false]);
      const table = await describeTable();
      assert.equal(table.TableStatus, "ACTIVE");
      const [index] = table.GlobalSecondaryIndexes ?? [];
      assert.deepEqual(
        [index?.IndexStatus, index?.Backfilling, index?.IndexArn, index?.KeySchema],
        ["ACTIVE", undefined, `${ResourceArn}/index/byUser`, byUser.KeySchema],
      );
      assert.deepEqual(table.AttributeDefinitions, [
        { AttributeName: "id", AttributeType: "S" },
        userId,
      ]);
      assert.deepEqual(await idsOf("ada"), ["1"]);
    });

    it("that has what was there before, and what is written, changed and deleted meanwhile", async () => {
      await create();
      const ids = Array.from({ length: 60 }, (_, place) => `before-${place}`);
      await Promise.all(ids.map((id) => put(id, { userId: { S: "ada" } })));
      const meanwhile = ids.slice(0, 20).flatMap((id, place) => [
        put(`new-${place}`, { userId: { S: "ada" } }),
        local.client.send(
          new UpdateItemCommand({
            TableName,
            Key: { id: { S: id } },
            UpdateExpression: "SET userId = :user",
            ExpressionAttributeValues: { ":user": { S: "eve" } },
          }),
        ),
        local.client.send(
          new DeleteItemCommand({ TableName, Key: { id: { S: `before-${place + 20}` } } }),
        ),
      ]);
      await Promise.all([...meanwhile, update(adding)]);
      const all = await idsIn();
      assert.equal(all.length, 60);
      assert.deepEqual(await idsIn("byUser"), all);
      assert.deepEqual(await idsOf("eve"), ids.slice(0, 20).sort());
    });

    it("without items that do not fit it, which stay, and can be changed and deleted", async () => {
      await create();
      await put("fits", { userId: { S: "ada" } });
      await put("lacks it");
      await put("number", { userId: { N: "1" } });
      await put("empty", { userId: { S: "" } });
      await put("longest", { userId: { S: "a".repeat(2048) } });
      await put("too long", { userId: { S: "a".repeat(2049) } });
      await update(adding);
      assert.deepEqual(await idsIn("byUser"), ["fits", "longest"]);
      const { ConsumedCapacity } = await local.client.send(
        new UpdateItemCommand({
          TableName,
          Key: { id: { S: "number" } },
          UpdateExpression: "SET seen = :seen",
          ExpressionAttributeValues: { ":seen": { BOOL: true } },
          ReturnConsumedCapacity: "INDEXES",
        }),
      );
      assert.deepEqual(
        [ConsumedCapacity?.CapacityUnits, ConsumedCapacity?.GlobalSecondaryIndexes],
        [1, undefined],
      );
      for (const [id, value] of [
        ["number", "eve"],
        ["empty", "eve"],
      ] as const) {
        await local.client.send(
          new UpdateItemCommand({
            TableName,
            Key: { id: { S: id } },
            UpdateExpression: "SET userId = :user",
            ExpressionAttributeValues: { ":user": { S: value } },
          }),
        );
      }
      assert.deepEqual(await idsOf("eve"), ["empty", "number"]);
      await local.client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "number" } } }));
      await local.client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "too long" } } }));
      assert.deepEqual(await idsIn("byUser"), ["empty", "fits", "longest"]);
      await assert.rejects(put("another", { userId: { N: "2" } }), {
        name: "ValidationException",
        message: /Type mismatch for Index Key userId/,
      });
    });

    it("by two attributes, and with some of the others alone", async () => {
      await create();
      const item = { userId: { S: "ada" }, size: { N: "2" }, kind: { S: "cat" } };
      await put("1", { ...item, at: { N: "5" } });
      await put("2", { ...item, at: { S: "five" } });
      await update({
        AttributeDefinitions: [userId, { AttributeName: "at", AttributeType: "N" }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: "byTime",
              KeySchema: [...byUser.KeySchema, { AttributeName: "at", KeyType: "RANGE" }],
              Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["size"] },
            },
          },
        ],
      });
      const { Items } = await local.client.send(
        new ScanCommand({ TableName, IndexName: "byTime" }),
      );
      assert.deepEqual(Items, [
        { id: { S: "1" }, userId: { S: "ada" }, at: { N: "5" }, size: { N: "2" } },
      ]);
    });

    it("while nothing else may change the table", async () => {
      await create();
      await Promise.all(Array.from({ length: 20 }, (_, place) => put(`${place}`)));
      const tag = new TagResourceCommand({ ResourceArn, Tags: [{ Key: "team", Value: "ours" }] });
      const [first, ...others] = await Promise.allSettled([
        update(adding),
        update({ DeletionProtectionEnabled: true }),
        local.client.send(tag),
      ]);
      assert.equal(first.status, "fulfilled");
      for (const other of others) {
        assert.equal(other.status, "rejected");
        assert.match(String(other.reason), /ResourceInUseException.*Table is being updated: made/);
      }
      await local.client.send(tag);
    });
  });

  describe("removes an index", () => {
    it("which is told as going, and gone; its attribute may be of any type then", async () => {
      await withIndex();
      await put("1", { userId: { S: "ada" } });
      const { TableDescription } = await update(removing);
      assert.deepEqual(
        TableDescription?.GlobalSecondaryIndexes?.map((index) => [
          index.IndexName,
          index.IndexStatus,
        ]),
        [["byUser", "DELETING"]],
      );
      const table = await describeTable();
      assert.equal(table.GlobalSecondaryIndexes, undefined);
      assert.deepEqual(table.AttributeDefinitions, [{ AttributeName: "id", AttributeType: "S" }]);
      await put("2", { userId: { N: "7" } });
      await assert.rejects(idsOf("ada"), {
        name: "ValidationException",
        message: /does not have the specified index: byUser/,
      });
      await assert.rejects(update(removing), { name: "ResourceNotFoundException" });
      assert.deepEqual(await idsIn(), ["1", "2"]);
    });

    it("and makes it anew with what is there by then", async () => {
      await withIndex();
      await put("1", { userId: { S: "ada" } });
      await put("2", { userId: { S: "ada" } });
      await update(removing);
      await local.client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "1" } } }));
      await put("3", { userId: { S: "ada" } });
      await update(adding);
      assert.deepEqual(await idsOf("ada"), ["2", "3"]);
    });
  });

  it("changes indexes for good", async () => {
    await create();
    await put("1", { userId: { S: "ada" } });
    await update(adding);
    await local.restart();
    assert.deepEqual(await idsOf("ada"), ["1"]);
    await update(removing);
    await local.restart();
    assert.equal((await describeTable()).GlobalSecondaryIndexes, undefined);
    assert.deepEqual(await idsIn(), ["1"]);
  });

  it("changes capacity and billing mode, of the indexes, too", async () => {
    await withIndex();
    await update({
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: units(5),
      GlobalSecondaryIndexUpdates: [
        { Update: { IndexName: "byUser", ProvisionedThroughput: units(3) } },
      ],
    });
    const capacities = async () => {
      const table = await describeTable();
      return [table, ...(table.GlobalSecondaryIndexes ?? [])].map(
        ({ ProvisionedThroughput }) => ProvisionedThroughput?.ReadCapacityUnits,
      );
    };
    assert.equal((await describeTable()).BillingModeSummary?.BillingMode, "PROVISIONED");
    assert.deepEqual(await capacities(), [5, 3]);
    await update({ ProvisionedThroughput: units(6) });
    assert.deepEqual(await capacities(), [6, 3]);
    await assert.rejects(update({ ProvisionedThroughput: units(6) }), {
      name: "ValidationException",
      message: /^The provisioned throughput for the table will not change\./,
    });
    await update({ BillingMode: "PAY_PER_REQUEST" });
    assert.deepEqual(await capacities(), [0, 0]);
    // Nothing changes.
    await update({ BillingMode: "PAY_PER_REQUEST" });
  });

  it("changes protection, class and stream", async () => {
    await create();
    const StreamSpecification = { StreamEnabled: true, StreamViewType: "KEYS_ONLY" as const };
    const { TableDescription } = await update({
      DeletionProtectionEnabled: true,
      TableClass: "STANDARD_INFREQUENT_ACCESS",
      StreamSpecification,
    });
    assert.deepEqual(TableDescription?.StreamSpecification, StreamSpecification);
    await local.restart();
    const table = await describeTable();
    assert.equal(table.DeletionProtectionEnabled, true);
    assert.equal(table.TableClassSummary?.TableClass, "STANDARD_INFREQUENT_ACCESS");
    assert.match(table.LatestStreamArn ?? "", /table\/made\/stream\/20/);
    await assert.rejects(update({ StreamSpecification }), { name: "ValidationException" });
    await update({ StreamSpecification: { StreamEnabled: false } });
    assert.equal((await describeTable()).StreamSpecification, undefined);
    await assert.rejects(update({ StreamSpecification: { StreamEnabled: false } }), {
      name: "ValidationException",
    });
  });

  const invalid = "One or more parameter values were invalid: ";
  const another = { ...byUser, IndexName: "another" };
  const unlike: Readonly<Record<string, [update: object, name: string, message: string | RegExp]>> =
    {
      "nothing to change": [
        { GlobalSecondaryIndexUpdates: [] },
        "ValidationException",
        /^At least one of ProvisionedThroughput, BillingMode/,
      ],
      "an update of an index that is none": [
        { GlobalSecondaryIndexUpdates: [{}] },
        "ValidationException",
        /GlobalSecondaryIndexUpdate\.Delete must not be null$/,
      ],
      "two in one": [
        { ...adding, GlobalSecondaryIndexUpdates: [{ Create: another, Delete: byUser }] },
        "ValidationException",
        /^One or more parameter values were invalid: Only one of GlobalSecondaryIndexUpdate/,
      ],
      "two indexes at once": [
        {
          ...adding,
          GlobalSecondaryIndexUpdates: [{ Create: another }, { Delete: { IndexName: "byUser" } }],
        },
        "LimitExceededException",
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
      ],
      "an index that is there": [
        adding,
        "ValidationException",
        "Attempting to create an index which already exists",
      ],
      "an index under the name of a local one": [
        {
          ...adding,
          GlobalSecondaryIndexUpdates: [{ Create: { ...byUser, IndexName: "bySize" } }],
        },
        "ValidationException",
        "Attempting to create an index which already exists",
      ],
      "a key without a type": [
        { GlobalSecondaryIndexUpdates: [{ Create: another }] },
        "ValidationException",
        `${invalid}Some index key attributes are not defined in AttributeDefinitions. Keys: [userId], AttributeDefinitions: []`,
      ],
      "a key of another type": [
        {
          AttributeDefinitions: [{ ...userId, AttributeType: "N" }],
          GlobalSecondaryIndexUpdates: [{ Create: another }],
        },
        "ValidationException",
        /Attributes cannot be redefined\..*key\{userId:S:HASH\}.*key\{userId:N:HASH\}/,
      ],
      "a key of a name too long": [
        {
          AttributeDefinitions: [{ AttributeName: "a".repeat(256), AttributeType: "S" }],
          GlobalSecondaryIndexUpdates: [{ Create: another }],
        },
        "ValidationException",
        /attributeDefinitions\.1\.member\.attributeName.*less than or equal to 255/,
      ],
      "a range alone": [
        {
          ...adding,
          GlobalSecondaryIndexUpdates: [
            { Create: { ...another, KeySchema: [{ AttributeName: "userId", KeyType: "RANGE" }] } },
          ],
        },
        "ValidationException",
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
      ],
      "a capacity of an index on demand": [
        {
          ...adding,
          GlobalSecondaryIndexUpdates: [
            { Create: { ...another, ProvisionedThroughput: units(1) } },
          ],
        },
        "ValidationException",
        `${invalid}ProvisionedThroughput should not be specified for index: another when BillingMode is PAY_PER_REQUEST`,
      ],
      "the deletion of a local index": [
        { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "bySize" } }] },
        "ValidationException",
        /bySize is a local secondary index/,
      ],
      "the deletion of none": [
        { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "another" } }] },
        "ResourceNotFoundException",
        "Requested resource not found",
      ],
      "a capacity on demand": [
        { ProvisionedThroughput: units(1) },
        "ValidationException",
        `${invalid}Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
      ],
      "capacity without a number": [
        { BillingMode: "PROVISIONED" },
        "ValidationException",
        `${invalid}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`,
      ],
      "an index without a capacity": [
        { BillingMode: "PROVISIONED", ProvisionedThroughput: units(1) },
        "ValidationException",
        `${invalid}ProvisionedThroughput is not specified for index: byUser`,
      ],
      "what is not emulated": [
        { SSESpecification: { Enabled: true } },
        "NotImplemented",
        /SSESpecification of UpdateTable/,
      ],
      "what is not emulated of an index": [
        {
          ...adding,
          GlobalSecondaryIndexUpdates: [
            { Create: { ...another, OnDemandThroughput: { MaxReadRequestUnits: 1 } } },
          ],
        },
        "NotImplemented",
        /OnDemandThroughput of UpdateTable/,
      ],
    };

  for (const [what, [input, name, message]] of Object.entries(unlike)) {
    it(`refuses ${what}, and changes nothing`, async () => {
      await create({
        AttributeDefinitions: [
          { AttributeName: "id", AttributeType: "S" },
          { AttributeName: "at", AttributeType: "S" },
          { AttributeName: "size", AttributeType: "N" },
          userId,
        ],
        KeySchema: [
          { AttributeName: "id", KeyType: "HASH" },
          { AttributeName: "at", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [byUser],
        LocalSecondaryIndexes: [
          {
            IndexName: "bySize",
            KeySchema: [
              { AttributeName: "id", KeyType: "HASH" },
              { AttributeName: "size", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      });
      const before = await describeTable();
      await assert.rejects(update(input), { name, message });
      assert.deepEqual(await describeTable(), before);
    });
  }

  it("knows no table that is not there, and asks whether it may", async () => {
    await assert.rejects(update({ DeletionProtectionEnabled: true }), {
      name: "ResourceNotFoundException",
      message: "Requested resource not found: Table: made not found",
    });
    await create();
    local.asked.length = 0;
    await update({ DeletionProtectionEnabled: false });
    assert.deepEqual(
      local.asked.map(({ action, resource }) => [action, resource]),
      [["dynamodb:UpdateTable", ResourceArn]],
    );
    local.refused.add(ResourceArn);
    await assert.rejects(update({ DeletionProtectionEnabled: true }), {
      name: "AccessDeniedException",
    });
  });

  it("leaves items readable by their keys all the while", async () => {
    await create();
    await Promise.all(Array.from({ length: 40 }, (_, place) => put(`${place}`)));
    const reading = Array.from({ length: 20 }, async (_, place) => {
      const Key = { id: { S: `${place}` } };
      return (await local.client.send(new GetItemCommand({ TableName, Key }))).Item;
    });
    const [items] = await Promise.all([Promise.all(reading), update(adding)]);
    assert.ok(items.every((item) => item !== undefined));
  });
});
