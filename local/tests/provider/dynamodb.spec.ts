import assert from "node:assert/strict";

import {
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";

import { dynamodbResources } from "../../provider/dynamodb";
import type { Properties, ResourceRequest, ResourceState } from "../../provider/resource";
import { LocalDynamoDb, account } from "../aws/dynamodb/support/local-dynamodb";
import { createPlanned } from "./create-planned";

describe("dynamodbResources", () => {
  let local: LocalDynamoDb;

  beforeEach(async () => {
    local = await LocalDynamoDb.start(undefined, 5);
  });

  afterEach(async () => {
    await local.stop();
  });

  async function create(inputs: Properties): Promise<ResourceState> {
    return createPlanned(dynamodbResources(local.dynamodb, account), request(inputs));
  }

  function request(inputs: Properties): ResourceRequest {
    return {
      type: "aws:dynamodb/table:Table",
      name: "images",
      urn: "urn",
      inputs,
      projectDir: "/",
      physicalName: () => "images-1234567",
      stableId: (purpose) => assert.fail(purpose),
    };
  }

  async function describeTable(): Promise<TableDescription> {
    const command = new DescribeTableCommand({ TableName: "images-1234567" });
    const { Table } = await local.client.send(command);
    assert.ok(Table);
    return Table;
  }

  it("creates on-demand tables with indexes in both forms", async () => {
    const { id, outputs } = await create({
      attributes: ["id", "userId", "timestamp", "kind"].map((name) => ({ name, type: "S" })),
      hashKey: "id",
      rangeKey: "kind",
      billingMode: "PAY_PER_REQUEST",
      deletionProtectionEnabled: true,
      globalSecondaryIndexes: [
        { name: "one", hashKey: "userId", rangeKey: "timestamp", projectionType: "ALL" },
        {
          name: "two",
          keySchemas: [{ attributeName: "timestamp", keyType: "HASH" }],
          projectionType: "INCLUDE",
          nonKeyAttributes: ["size"],
        },
      ],
      localSecondaryIndexes: [
        { name: "three", rangeKey: "timestamp", projectionType: "KEYS_ONLY" },
      ],
      pointInTimeRecovery: { enabled: true },
      tags: { Environment: "Production" },
    });
    assert.equal(id, "images-1234567");
    assert.equal(outputs.arn, "arn:aws:dynamodb:eu-west-1:123456789012:table/images-1234567");
    assert.equal(outputs.name, "images-1234567");
    assert.deepEqual(outputs.tagsAll, { Environment: "Production" });
    const table = await describeTable();
    assert.equal(table.BillingModeSummary?.BillingMode, "PAY_PER_REQUEST");
    assert.equal(table.DeletionProtectionEnabled, true);
    assert.deepEqual(
      Object.fromEntries(
        [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
          ({ IndexName, KeySchema }) => [
            IndexName,
            KeySchema?.map(({ AttributeName }) => AttributeName),
          ],
        ),
      ),
      { one: ["userId", "timestamp"], two: ["timestamp"], three: ["id", "timestamp"] },
    );
  });

  it("tells of the key that a table is encrypted by, and of its class", async () => {
    const key = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-4333-8444-555555555555";
    await create({
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      serverSideEncryption: { enabled: true, kmsKeyArn: key },
      tableClass: "STANDARD_INFREQUENT_ACCESS",
    });
    const { SSEDescription, TableClassSummary } = await describeTable();
    assert.deepEqual(SSEDescription, { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: key });
    assert.deepEqual(TableClassSummary, { TableClass: "STANDARD_INFREQUENT_ACCESS" });
  });

  it("creates tables with provisioned capacity, which is the default", async () => {
    const { outputs } = await create({
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      readCapacity: 5,
      writeCapacity: 6,
    });
    assert.equal(outputs.billingMode, "PROVISIONED");
    const { ProvisionedThroughput } = await describeTable();
    assert.equal(ProvisionedThroughput?.ReadCapacityUnits, 5);
    assert.equal(ProvisionedThroughput.WriteCapacityUnits, 6);
  });

  it("lets items expire where that is enabled", async () => {
    local.clock = () => new Date("2026-03-01T12:00:00Z");
    const { outputs } = await create({
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      ttl: { attributeName: "expiresAt", enabled: true },
    });
    assert.deepEqual(outputs.ttl, { attributeName: "expiresAt", enabled: true });
    const TableName = "images-1234567";
    const Item = { id: { S: "1" }, expiresAt: { N: "1772366399" } };
    await local.client.send(new PutItemCommand({ TableName, Item }));
    const get = new GetItemCommand({ TableName, Key: { id: { S: "1" } } });
    while ((await local.client.send(get)).Item !== undefined);
  });

  describe("of streams", () => {
    const inputs = {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
    };
    const streaming = { ...inputs, streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" };

    it("enables one, and says where it is", async () => {
      const { outputs } = await create(streaming);
      const { streamLabel } = outputs;
      assert.match(String(streamLabel), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
      assert.equal(outputs.streamArn, `${String(outputs.arn)}/stream/${String(streamLabel)}`);
      assert.equal(outputs.streamViewType, "NEW_AND_OLD_IMAGES");
      const { LatestStreamArn } = await describeTable();
      assert.equal(LatestStreamArn, outputs.streamArn);
    });

    it("has none by default, and none that is declared and not enabled", async () => {
      const { outputs } = await create({ ...streaming, streamEnabled: false });
      assert.deepEqual([outputs.streamArn, outputs.streamLabel], ["", ""]);
      assert.equal((await describeTable()).StreamSpecification, undefined);
    });

    it("keeps it while it shows the same, and makes another one otherwise", async () => {
      const { id, outputs } = await create(streaming);
      const label = "2026-01-01T00:00:00.000";
      const existing = { id, outputs: { ...outputs, streamLabel: label } };
      const planned = (changed: Properties) =>
        dynamodbResources(local.dynamodb, account)["aws:dynamodb/table:Table"]?.({
          ...request({ ...streaming, ...changed }),
          existing,
        });
      const kept = await planned({ tags: { Environment: "Production" } });
      assert.equal(kept?.outputs.streamLabel, label);
      const other = await planned({ streamViewType: "NEW_IMAGE" });
      assert.notEqual(other?.outputs.streamLabel, label);
      await other?.update?.();
      const { StreamSpecification, LatestStreamLabel } = await describeTable();
      assert.equal(StreamSpecification?.StreamViewType, "NEW_IMAGE");
      assert.equal(LatestStreamLabel, other?.outputs.streamLabel);
      const none = await planned({ streamEnabled: false });
      await none?.update?.();
      assert.equal((await describeTable()).StreamSpecification, undefined);
    });
  });

  it("changes indexes of a table in place, and keeps its items", async () => {
    const attributes = ["id", "userId", "kind"].map((name) => ({ name, type: "S" }));
    const index = (name: string, hashKey: string) => ({ name, hashKey, projectionType: "ALL" });
    const table = (globalSecondaryIndexes: object[]) => ({
      attributes,
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes,
    });
    await create(table([index("byUser", "userId")]));
    const TableName = "images-1234567";
    const Item = { id: { S: "1" }, userId: { S: "ada" }, kind: { S: "cat" } };
    await local.client.send(new PutItemCommand({ TableName, Item }));
    for (const [indexes, names] of [
      [
        [index("byUser", "userId"), index("byKind", "kind")],
        ["byKind", "byUser"],
      ],
      // The same name, and another key.
      [[index("byUser", "kind")], ["byUser"]],
    ] as const) {
      const types = dynamodbResources(local.dynamodb, account);
      const planned = await types["aws:dynamodb/table:Table"]?.(request(table([...indexes])));
      await planned?.update?.();
      const { GlobalSecondaryIndexes = [] } = await describeTable();
      assert.deepEqual(GlobalSecondaryIndexes.map(({ IndexName }) => IndexName).sort(), names);
      for (const IndexName of names) {
        const scan = new ScanCommand({ TableName, IndexName });
        assert.deepEqual((await local.client.send(scan)).Items, [Item]);
      }
    }
    const [{ KeySchema = [] } = {}] = (await describeTable()).GlobalSecondaryIndexes ?? [];
    assert.equal(KeySchema[0]?.AttributeName, "kind");
  });

  it("takes a table that was left with other indexes", async () => {
    const table = {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
    };
    await create(table);
    await local.restart();
    await create({
      ...table,
      attributes: [...table.attributes, { name: "kind", type: "S" }],
      globalSecondaryIndexes: [{ name: "byKind", hashKey: "kind", projectionType: "ALL" }],
    });
    assert.equal((await describeTable()).GlobalSecondaryIndexes?.[0]?.IndexStatus, "ACTIVE");
  });

  it("refuses what DynamoDB refuses and what is not emulated", async () => {
    const inputs = { attributes: [{ name: "id", type: "S" }], hashKey: "id" };
    await assert.rejects(create(inputs), { code: "ValidationException" });
    const restoreBackupArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/images/backup/01";
    await assert.rejects(create({ ...inputs, restoreBackupArn }), {
      message: "images: the local cloud does not emulate restoreBackupArn",
    });
  });
});
