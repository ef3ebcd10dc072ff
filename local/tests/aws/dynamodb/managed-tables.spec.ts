import assert from "node:assert/strict";

import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";

import { bare, images, LocalDynamoDb } from "./support/local-dynamodb";

const TableName = "made";
const ResourceArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${TableName}`;
const Item = { id: { S: "1" } };

describe("tables that are made over the API", () => {
  let local: LocalDynamoDb;

  beforeEach(async () => {
    local = await LocalDynamoDb.start();
  });
  afterEach(() => local.stop());

  const create = (more: Partial<CreateTableCommandInput> = {}) =>
    local.client.send(new CreateTableCommand({ TableName, ...bare, ...more }));
  const put = () => local.client.send(new PutItemCommand({ TableName, Item }));
  const count = async () => (await local.client.send(new ScanCommand({ TableName }))).Count;
  const describeTable = async () =>
    (await local.client.send(new DescribeTableCommand({ TableName }))).Table ?? assert.fail();
  const timeToLive = async () =>
    (await local.client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
  const expire = (Enabled: boolean, AttributeName = "ttl") =>
    local.client.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { Enabled, AttributeName },
      }),
    );
  const tags = async () =>
    (await local.client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;

  it("have what was asked for, and take items", async () => {
    const { TableDescription } = await create({
      AttributeDefinitions: images.AttributeDefinitions,
      GlobalSecondaryIndexes: images.GlobalSecondaryIndexes,
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
      DeletionProtectionEnabled: true,
      Tags: [{ Key: "team", Value: "ours" }],
    });
    assert.equal(TableDescription?.TableStatus, "CREATING");
    await waitUntilTableExists(
      { client: local.client, minDelay: 1, maxWaitTime: 5 },
      { TableName },
    );
    const table = await describeTable();
    assert.deepEqual([table.TableArn, table.DeletionProtectionEnabled], [ResourceArn, true]);
    assert.equal(table.GlobalSecondaryIndexes?.[0]?.IndexName, "byUser");
    assert.match(table.LatestStreamArn ?? "", /table\/made\/stream\/20/);
    assert.deepEqual(await tags(), [{ Key: "team", Value: "ours" }]);
    await put();
    assert.equal(await count(), 1);
    await assert.rejects(local.client.send(new DeleteTableCommand({ TableName })), {
      name: "ValidationException",
    });
  });

  it("tell of their capacity once they are made", async () => {
    const indexed = {
      AttributeDefinitions: images.AttributeDefinitions,
      GlobalSecondaryIndexes: images.GlobalSecondaryIndexes,
    };
    const onDemand = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: "ACTIVE" };
    const { TableDescription: made } = await create(indexed);
    assert.deepEqual(made?.BillingModeSummary, { BillingMode: "PAY_PER_REQUEST" });
    const [madeIndex] = made.GlobalSecondaryIndexes ?? [];
    assert.equal(madeIndex?.IndexStatus, "CREATING");
    assert.deepEqual([made.WarmThroughput, madeIndex.WarmThroughput], [undefined, undefined]);
    const table = await describeTable();
    assert.deepEqual(table.BillingModeSummary, {
      BillingMode: "PAY_PER_REQUEST",
      LastUpdateToPayPerRequestDateTime: table.CreationDateTime,
    });
    const [index] = table.GlobalSecondaryIndexes ?? [];
    assert.equal(index?.IndexStatus, "ACTIVE");
    assert.deepEqual([table.WarmThroughput, index.WarmThroughput], [onDemand, onDemand]);
  });

  it("of a capacity of their own have one for each index", async () => {
    const throughput = (units: number) => ({ ReadCapacityUnits: units, WriteCapacityUnits: units });
    const [index] = images.GlobalSecondaryIndexes ?? [];
    const provisioned = (ProvisionedThroughput?: ReturnType<typeof throughput>) =>
      create({
        AttributeDefinitions: images.AttributeDefinitions,
        GlobalSecondaryIndexes: index && [{ ...index, ProvisionedThroughput }],
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: throughput(5),
      });
    await assert.rejects(provisioned(), {
      name: "ValidationException",
      message:
        "One or more parameter values were invalid: ProvisionedThroughput is not specified for index: byUser",
    });
    await provisioned(throughput(1));
    const { WarmThroughput, BillingModeSummary, GlobalSecondaryIndexes } = await describeTable();
    assert.equal(BillingModeSummary, undefined);
    const warm = (units: number) => ({
      ReadUnitsPerSecond: units,
      WriteUnitsPerSecond: units,
      Status: "ACTIVE",
    });
    assert.deepEqual(
      [WarmThroughput, GlobalSecondaryIndexes?.[0]?.WarmThroughput],
      [warm(5), warm(1)],
    );
  });

  it("are there again at the next start with their items, unless they were deleted", async () => {
    await create({ StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } });
    await put();
    await expire(true);
    const { LatestStreamArn } = await describeTable();
    await local.restart();
    assert.equal(await count(), 1);
    assert.equal((await describeTable()).LatestStreamArn, LatestStreamArn);
    assert.equal((await timeToLive())?.AttributeName, "ttl");
    await local.client.send(new DeleteTableCommand({ TableName }));
    await waitUntilTableNotExists(
      { client: local.client, minDelay: 1, maxWaitTime: 5 },
      { TableName },
    );
    await local.restart();
    assert.deepEqual((await local.client.send(new ListTablesCommand())).TableNames, []);
  });

  it("may have names of 255 characters", async () => {
    const long = "t".repeat(255);
    await create({ TableName: long });
    await local.restart();
    const list = async () => (await local.client.send(new ListTablesCommand())).TableNames;
    assert.deepEqual(await list(), [long]);
    await local.client.send(new DeleteTableCommand({ TableName: long }));
    await local.restart();
    assert.deepEqual(await list(), []);
  });

  it("are empty, whatever was left under their name", async () => {
    await create();
    await put();
    const { TableId } = await describeTable();
    assert.match(TableId ?? "", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const deleted = await local.client.send(new DeleteTableCommand({ TableName }));
    assert.deepEqual(
      [deleted.TableDescription?.TableId, deleted.TableDescription?.KeySchema],
      [TableId, undefined],
    );
    await create({
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
    });
    assert.equal(await count(), 0);
    await assert.rejects(create(), { name: "ResourceInUseException" });
    await local.dynamodb.createTable({ ...images, TableName: "left" });
    const left = { TableName: "left", Item };
    await local.client.send(new PutItemCommand(left));
    await local.restart();
    await create({ TableName: "left" });
    const get = new GetItemCommand({ TableName: "left", Key: Item });
    assert.equal((await local.client.send(get)).Item, undefined);
  });

  it("are made once, however many make them at once, and by then are what they stay", async () => {
    const making = Array.from({ length: 8 }, async () => {
      const made = await create();
      await put();
      return made;
    });
    const ends = await Promise.allSettled(making);
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as Error] : []));
    assert.deepEqual(
      failed.map(({ name }) => name),
      Array.from({ length: 7 }, () => "ResourceInUseException"),
    );
    assert.equal(await count(), 1);
  });

  it("are gone when their deletion is answered, whatever comes next", async () => {
    await create();
    await put();
    await local.client.send(new DeleteTableCommand({ TableName }));
    await local.restart();
    await create();
    assert.equal(await count(), 0);
  });

  it("are encrypted by a key that is DynamoDB's own where they are not to be by another", async () => {
    await create({ SSESpecification: { Enabled: false } });
    assert.equal((await describeTable()).SSEDescription, undefined);
  });

  it("begin and stop to expire their items", async () => {
    await create();
    await assert.rejects(expire(false), { message: "TimeToLive is already disabled" });
    const { TimeToLiveSpecification } = await expire(true);
    assert.deepEqual(TimeToLiveSpecification, { Enabled: true, AttributeName: "ttl" });
    assert.deepEqual(await timeToLive(), { TimeToLiveStatus: "ENABLED", AttributeName: "ttl" });
    await assert.rejects(expire(true), { message: "TimeToLive is already enabled" });
    await assert.rejects(expire(true, "other"), /current AttributeName is ttl$/);
    await assert.rejects(expire(false), {
      name: "ValidationException",
      message: "Time to live has been modified multiple times within a fixed interval",
    });
    local.clock = () => new Date(Date.now() + 60 * 60 * 1000 + 1000);
    await expire(false);
    assert.deepEqual(await timeToLive(), { TimeToLiveStatus: "DISABLED" });
    await assert.rejects(expire(true, "t".repeat(256)), {
      name: "ValidationException",
      message:
        /'timeToLiveSpecification.attributeName' failed to satisfy constraint: .*less than or equal to 255$/,
    });
  });

  it("are tagged and lose tags", async () => {
    await create({ Tags: [{ Key: "team", Value: "ours" }] });
    const tag = (Key: string, Value: string) =>
      local.client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key, Value }] }));
    await tag("stage", "test");
    await tag("team", "theirs");
    const TagKeys = ["stage", "unknown"];
    await local.client.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
    assert.deepEqual(await tags(), [{ Key: "team", Value: "theirs" }]);
    await assert.rejects(tag("aws:team", "x"), { name: "ValidationException" });
    for (const [other, name, message] of [
      ["made", "ValidationException", /^ARNs must start with 'arn:'/],
      [`${ResourceArn}/index/byUser`, "ValidationException", /^Invalid ResourceArn/],
      [ResourceArn.replace("eu-west-1", "us-east-1"), "ResourceNotFoundException", /not found/],
    ] as const) {
      const untag = new UntagResourceCommand({ ResourceArn: other, TagKeys });
      await assert.rejects(local.client.send(untag), { name, message });
    }
    const none = new UntagResourceCommand({ ResourceArn, TagKeys: [] });
    await assert.rejects(local.client.send(none), { name: "ValidationException" });
    const unnamed = new UntagResourceCommand({ ResourceArn, TagKeys: [""] });
    await assert.rejects(local.client.send(unnamed), { name: "ValidationException" });
    const ofNothing = { ResourceArn: undefined as unknown as string, TagKeys };
    const refused = {
      name: "ValidationException",
      message: /^1 validation error detected: Value null at 'resourceArn' failed/,
    };
    await assert.rejects(local.client.send(new UntagResourceCommand(ofNothing)), refused);
    await assert.rejects(local.client.send(new ListTagsOfResourceCommand(ofNothing)), refused);
  });

  it("are refused as DynamoDB does, and made by those alone who may", async () => {
    const invalid = { name: "ValidationException" };
    await assert.rejects(create({ BillingMode: "PROVISIONED" }), invalid);
    await assert.rejects(create({ BillingMode: undefined }), invalid);
    await assert.rejects(create({ KeySchema: [] }), invalid);
    const projecting = (...NonKeyAttributes: string[]) =>
      create({
        AttributeDefinitions: images.AttributeDefinitions,
        GlobalSecondaryIndexes: ["a", "b", "c", "d", "e", "f"].map((name) => ({
          IndexName: `index-${name}`,
          KeySchema: [{ AttributeName: "userId", KeyType: "HASH" }],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes },
        })),
      });
    await assert.rejects(projecting("n".repeat(256)), invalid);
    const many = Array.from({ length: 17 }, (_, index) => `attribute-${index}`);
    await assert.rejects(projecting(...many), /limit of 100$/);
    await assert.rejects(projecting("a", "b", "a"), /Duplicate value in attribute name: a$/);
    const named = (AttributeName: string) => ({
      AttributeDefinitions: [{ AttributeName, AttributeType: "S" as const }],
      KeySchema: [{ AttributeName, KeyType: "HASH" as const }],
    });
    await assert.rejects(create(named("a".repeat(256))), /less than or equal to 255$/);
    const [id] = named("id").AttributeDefinitions;
    await assert.rejects(create({ AttributeDefinitions: id && [id, id] }), /Duplicate.*: id$/);
    await assert.rejects(create({ StreamSpecification: { StreamEnabled: true } }), invalid);
    await assert.rejects(create({ SSESpecification: { Enabled: true } }), {
      name: "NotImplemented",
    });
    const ofNobody = { KeySchema: named("k".repeat(256)).KeySchema };
    await assert.rejects(create(ofNobody), /'keySchema.1.member.attributeName' .*equal to 255$/);
    const several = {
      AttributeDefinitions: ["id", "a", "b"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S" as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: "several",
          KeySchema: ["a", "b"].map((AttributeName) => ({
            AttributeName,
            KeyType: "HASH" as const,
          })),
          Projection: { ProjectionType: "ALL" as const },
        },
      ],
    };
    await assert.rejects(create(several), {
      name: "NotImplemented",
      message: /keys of several attributes/,
    });
    local.refused.add(ResourceArn);
    await assert.rejects(create(), { name: "AccessDeniedException" });
    assert.deepEqual(
      local.asked.filter(({ resource }) => resource === ResourceArn).at(-1)?.action,
      "dynamodb:CreateTable",
    );
    await assert.rejects(expire(true), { name: "AccessDeniedException" });
    local.refused.clear();
    assert.deepEqual((await local.client.send(new ListTablesCommand())).TableNames, []);
  });
});
