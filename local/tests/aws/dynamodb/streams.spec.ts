import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";

import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record,
  type GetShardIteratorCommandInput,
} from "@aws-sdk/client-dynamodb-streams";

import type { StreamViewType } from "../../../aws/dynamodb/streams/stream";
import { account, images, LocalDynamoDb } from "./support/local-dynamodb";

const { TableName } = images;
const label = "2026-03-01T12:00:00.000";
const StreamArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/images/stream/${label}`;
const Key = { id: { S: "1" } };
const first = { ...Key, userId: { S: "ann" }, timestamp: { N: "1" } };
const second = { ...first, timestamp: { N: "2" } };

function streaming(StreamViewType: StreamViewType = "NEW_AND_OLD_IMAGES", StreamLabel = label) {
  return { ...images, Stream: { StreamViewType, StreamLabel } };
}

describe("streams of tables", () => {
  let local: LocalDynamoDb;
  let streams: DynamoDBStreamsClient;
  let now: Date;

  beforeEach(async () => {
    local = await LocalDynamoDb.start(undefined, 5);
    now = new Date("2026-03-01T12:00:01.900Z");
    local.clock = () => now;
    connect();
  });

  afterEach(async () => {
    streams.destroy();
    await local.stop();
  });

  function connect(): void {
    streams = new DynamoDBStreamsClient({
      endpoint: local.dynamodb.url,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
  }

  async function put(Item = first): Promise<void> {
    await local.client.send(new PutItemCommand({ TableName, Item }));
  }

  async function shardId(): Promise<string> {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    return StreamDescription?.Shards?.[0]?.ShardId ?? assert.fail();
  }

  async function iterator(
    input: Partial<GetShardIteratorCommandInput> = { ShardIteratorType: "TRIM_HORIZON" },
  ): Promise<string> {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn,
        ShardId: await shardId(),
        ShardIteratorType: "TRIM_HORIZON",
        ...input,
      }),
    );
    return ShardIterator ?? assert.fail();
  }

  async function records(ShardIterator?: string, Limit?: number): Promise<_Record[]> {
    const from = ShardIterator ?? (await iterator());
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator: from, Limit }));
    return Records ?? assert.fail();
  }

  const told = ({ eventName, dynamodb }: _Record) => [
    eventName,
    dynamodb?.OldImage,
    dynamodb?.NewImage,
  ];

  it("are described with their table, and alone", async () => {
    await local.dynamodb.createTable(streaming());
    const { Table } = await local.client.send(new DescribeTableCommand({ TableName }));
    assert.deepEqual(
      [Table?.StreamSpecification, Table?.LatestStreamArn, Table?.LatestStreamLabel],
      [{ StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" }, StreamArn, label],
    );
    const { Streams, LastEvaluatedStreamArn } = await streams.send(
      new ListStreamsCommand({ TableName }),
    );
    assert.deepEqual(Streams, [{ StreamArn, TableName, StreamLabel: label }]);
    assert.equal(LastEvaluatedStreamArn, undefined);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const { Shards, ...description } = StreamDescription ?? assert.fail();
    assert.deepEqual(description, {
      StreamArn,
      StreamLabel: label,
      StreamStatus: "ENABLED",
      StreamViewType: "NEW_AND_OLD_IMAGES",
      CreationRequestDateTime: new Date("2026-03-01T12:00:00Z"),
      TableName,
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    assert.match(Shards?.[0]?.ShardId ?? "", /^shardId-00000001772366400000-[0-9a-f]{8}$/);
    assert.equal(Shards?.[0]?.SequenceNumberRange?.EndingSequenceNumber, undefined);
  });

  it("are listed page by page, of all tables or of one", async () => {
    await local.dynamodb.createTable(streaming());
    await local.dynamodb.createTable({ ...streaming(), TableName: "records" });
    await local.dynamodb.createTable({ ...images, TableName: "without" });
    const page = await streams.send(new ListStreamsCommand({ Limit: 1 }));
    assert.deepEqual(
      page.Streams?.map((stream) => stream.TableName),
      ["images"],
    );
    const next = await streams.send(
      new ListStreamsCommand({ Limit: 1, ExclusiveStartStreamArn: page.LastEvaluatedStreamArn }),
    );
    assert.deepEqual(
      next.Streams?.map((stream) => stream.TableName),
      ["records"],
    );
    assert.equal(next.LastEvaluatedStreamArn, undefined);
    const invalid = new ListStreamsCommand({ TableName: "with/out" });
    await assert.rejects(streams.send(invalid), { name: "ValidationException" });
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: "without" }));
    assert.deepEqual(Streams, []);
  });

  it("tell of each change what was and what is, with all that DynamoDB tells", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    await local.client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: "SET #t = :t",
        ExpressionAttributeNames: { "#t": "timestamp" },
        ExpressionAttributeValues: { ":t": second.timestamp },
      }),
    );
    await local.client.send(new DeleteItemCommand({ TableName, Key }));
    const all = await records();
    assert.deepEqual(all.map(told), [
      ["INSERT", undefined, first],
      ["MODIFY", first, second],
      ["REMOVE", second, undefined],
    ]);
    const [inserted] = all;
    const { eventID, dynamodb, ...envelope } = inserted ?? assert.fail();
    assert.match(eventID ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(envelope, {
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "eu-west-1",
    });
    const { SequenceNumber, ...rest } = dynamodb ?? assert.fail();
    assert.match(SequenceNumber ?? "", /^\d{21}$/);
    assert.deepEqual(rest, {
      ApproximateCreationDateTime: new Date("2026-03-01T12:00:01Z"),
      Keys: Key,
      NewImage: first,
      // The names and values of keys and image: id 1; id 1 userId ann timestamp 1.
      SizeBytes: 3 + 3 + 9 + 11,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    });
    assert.equal(new Set(all.map((record) => record.eventID)).size, 3);
  });

  for (const [view, old, fresh] of [
    ["KEYS_ONLY", false, false],
    ["NEW_IMAGE", false, true],
    ["OLD_IMAGE", true, false],
  ] as const) {
    it(`show as much as ${view} says`, async () => {
      await local.dynamodb.createTable(streaming(view));
      await put();
      await put(second);
      const [, changed] = await records();
      assert.ok(changed);
      assert.deepEqual(told(changed), [
        "MODIFY",
        old ? first : undefined,
        fresh ? second : undefined,
      ]);
      assert.deepEqual(changed.dynamodb?.Keys, Key);
    });
  }

  it("tell nothing of writes that change nothing", async () => {
    const sets = { ...Key, names: { SS: ["a", "b"] } };
    await local.dynamodb.createTable(streaming());
    const write = (Item: object) =>
      local.client.send(new PutItemCommand({ TableName, Item: Item as typeof first }));
    await write(sets);
    await write({ ...sets, names: { SS: ["b", "a"] } });
    await local.client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: "ADD #n :n",
        ExpressionAttributeNames: { "#n": "names" },
        ExpressionAttributeValues: { ":n": { SS: ["a"] } },
      }),
    );
    await local.client.send(new DeleteItemCommand({ TableName, Key: { id: { S: "none" } } }));
    await assert.rejects(
      local.client.send(
        new PutItemCommand({
          TableName,
          Item: first,
          ConditionExpression: "attribute_not_exists(id)",
        }),
      ),
    );
    assert.equal((await records()).length, 1);
  });

  it("tell of transactions and batches every change, and nothing of those that are cancelled", async () => {
    await local.dynamodb.createTable(streaming());
    const put = (id: string) => ({ Put: { TableName, Item: { ...first, id: { S: id } } } });
    const exists = "attribute_exists(id)";
    const missing = { TableName, Key: { id: { S: "none" } }, ConditionExpression: exists };
    await assert.rejects(
      local.client.send(
        new TransactWriteItemsCommand({ TransactItems: [put("0"), { ConditionCheck: missing }] }),
      ),
    );
    const held = { TableName, Key: { id: { S: "held" } }, ConditionExpression: `NOT ${exists}` };
    await local.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [put("1"), put("2"), { ConditionCheck: held }],
      }),
    );
    await local.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          images: [{ DeleteRequest: { Key } }, { PutRequest: { Item: { id: { S: "3" } } } }],
        },
      }),
    );
    const all = await records();
    assert.deepEqual(
      all.map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys?.id?.S]).sort(),
      [
        ["INSERT", "1"],
        ["INSERT", "2"],
        ["INSERT", "3"],
        ["REMOVE", "1"],
      ],
    );
  });

  it("tell who has removed what has expired", async () => {
    await local.dynamodb.createTable({ ...streaming(), TimeToLiveAttribute: "timestamp" });
    const timestamp = { N: String(Math.floor(now.getTime() / 1000) - 1) };
    await put({ ...first, timestamp });
    let all: _Record[] = [];
    while (all.length < 2) {
      await nextTurn();
      all = await records();
    }
    assert.deepEqual(
      all.map(({ eventName, userIdentity }) => [eventName, userIdentity]),
      [
        ["INSERT", undefined],
        ["REMOVE", { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" }],
      ],
    );
  });

  it("are read from each kind of place, page by page", async () => {
    await local.dynamodb.createTable(streaming());
    for (const n of ["1", "2", "3"]) {
      await put({ ...first, timestamp: { N: n } });
    }
    const numbers = (all: _Record[]) => all.map(({ dynamodb }) => dynamodb?.NewImage?.timestamp?.N);
    const latest = await iterator({ ShardIteratorType: "LATEST" });
    const all = await records();
    assert.deepEqual(numbers(all), ["1", "2", "3"]);
    const SequenceNumber = all[1]?.dynamodb?.SequenceNumber;
    const at = await iterator({ ShardIteratorType: "AT_SEQUENCE_NUMBER", SequenceNumber });
    assert.deepEqual(numbers(await records(at)), ["2", "3"]);
    const behind = await iterator({ ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber });
    assert.deepEqual(numbers(await records(behind)), ["3"]);
    await put({ ...first, timestamp: { N: "4" } });
    assert.deepEqual(numbers(await records(latest)), ["4"]);
    const ShardIterator = await iterator();
    const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit: 3 }));
    assert.deepEqual(numbers(await records(page.NextShardIterator)), ["4"]);
  });

  it("keep their records over restarts, and go on counting", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    const [before] = await records();
    await local.restart();
    connect();
    await local.dynamodb.openTable(streaming());
    await put(second);
    const [kept, added] = await records();
    assert.deepEqual(kept, before);
    assert.ok((added?.dynamodb?.SequenceNumber ?? "") > (kept?.dynamodb?.SequenceNumber ?? "z"));
  });

  it("forget records after a day, but for those that a follower has not read", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    const log = local.dynamodb.streams;
    const [old] = await records();
    const SequenceNumber = old?.dynamodb?.SequenceNumber ?? assert.fail();
    const unfollow = log.follow(
      StreamArn,
      () => SequenceNumber,
      () => undefined,
    );
    now = new Date(now.getTime() + 24 * 60 * 60 * 1000 + 2000);
    await put(second);
    await log.sweep();
    assert.equal((await records()).length, 2);
    unfollow();
    await log.sweep();
    assert.deepEqual((await records()).map(told), [["MODIFY", first, second]]);
    await assert.rejects(iterator({ ShardIteratorType: "AT_SEQUENCE_NUMBER", SequenceNumber }), {
      name: "TrimmedDataAccessException",
    });
  });

  it("are read from where the shard says that it begins", async () => {
    await local.dynamodb.createTable(streaming());
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const SequenceNumber =
      StreamDescription?.Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber;
    await put();
    const at = await iterator({ ShardIteratorType: "AT_SEQUENCE_NUMBER", SequenceNumber });
    assert.equal((await records(at)).length, 1);
  });

  it("keep records that somebody begins to follow while old ones are being removed", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    const log = local.dynamodb.streams;
    const [old] = await records();
    const SequenceNumber = old?.dynamodb?.SequenceNumber ?? assert.fail();
    const nextDay = new Date(now.getTime() + 24 * 60 * 60 * 1000 + 2000);
    let unfollow: (() => void) | undefined;
    // Asked for the time of each record that may be old.
    local.clock = () => {
      unfollow ??= log.follow(
        StreamArn,
        () => SequenceNumber,
        () => undefined,
      );
      return nextDay;
    };
    await log.sweep();
    assert.ok(unfollow);
    now = nextDay;
    local.clock = () => now;
    assert.equal((await records()).length, 1);
    unfollow();
  });

  const labels = async () =>
    (await streams.send(new ListStreamsCommand({ TableName }))).Streams?.map(
      ({ StreamLabel }) => StreamLabel,
    );
  const status = async () =>
    (await streams.send(new DescribeStreamCommand({ StreamArn }))).StreamDescription;
  const dayLater = () => new Date(now.getTime() + 24 * 60 * 60 * 1000 + 2000);

  it("can be read to their end for a day when they are disabled, and begin anew when they are enabled again", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    const latest = await iterator({ ShardIteratorType: "LATEST" });
    await put(second);
    await local.dynamodb.updateTable(images);
    await put({ ...first, timestamp: { N: "3" } });
    const renewed = "2026-03-02T12:00:00.000";
    await local.dynamodb.updateTable(streaming("NEW_IMAGE", renewed));
    await put({ ...first, timestamp: { N: "4" } });

    assert.deepEqual(await labels(), [label, renewed]);
    const { StreamStatus, Shards: [shard] = [] } = (await status()) ?? {};
    assert.equal(StreamStatus, "DISABLED");
    const all = await records();
    assert.deepEqual(all.map(told), [
      ["INSERT", undefined, first],
      ["MODIFY", first, second],
    ]);
    assert.equal(
      shard?.SequenceNumberRange?.EndingSequenceNumber,
      all.at(-1)?.dynamodb?.SequenceNumber,
    );
    const page = await streams.send(
      new GetRecordsCommand({ ShardIterator: await iterator(), Limit: 1 }),
    );
    const rest = await streams.send(
      new GetRecordsCommand({ ShardIterator: page.NextShardIterator, Limit: 1 }),
    );
    assert.deepEqual(rest.Records?.map(told), [["MODIFY", first, second]]);
    assert.equal(rest.NextShardIterator, undefined);
    assert.equal((await records(latest)).length, 1);

    now = dayLater();
    await local.dynamodb.streams.sweep();
    assert.deepEqual(await labels(), [renewed]);
    await assert.rejects(shardId(), { name: "ResourceNotFoundException" });
  });

  it("can be read for a day when their table is gone, over restarts", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    await local.dynamodb.deleteTable(TableName);
    await local.restart();
    connect();
    assert.equal((await status())?.StreamStatus, "DISABLED");
    assert.deepEqual((await records()).map(told), [["INSERT", undefined, first]]);
    now = dayLater();
    await local.dynamodb.streams.sweep();
    await assert.rejects(shardId(), { name: "ResourceNotFoundException" });
    await local.restart();
    connect();
    await assert.rejects(shardId(), { name: "ResourceNotFoundException" });
  });

  it("go on under their ARN when a table has them again", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    await local.dynamodb.updateTable(images);
    await local.dynamodb.updateTable(streaming());
    await put(second);
    assert.equal((await status())?.StreamStatus, "ENABLED");
    assert.equal((await records()).length, 2);
  });

  it("have one shard, without children", async () => {
    await local.dynamodb.createTable(streaming());
    const children = (ShardId: string | undefined, Type: "CHILD_SHARDS" | undefined) =>
      streams.send(new DescribeStreamCommand({ StreamArn, ShardFilter: { ShardId, Type } }));
    const { StreamDescription } = await children(await shardId(), "CHILD_SHARDS");
    assert.deepEqual(StreamDescription?.Shards, []);
    const invalid = { name: "ValidationException" };
    await assert.rejects(children("qwerty", "CHILD_SHARDS"), {
      ...invalid,
      message: /'shardFilter\.shardId'/,
    });
    await assert.rejects(children(await shardId(), undefined), invalid);
    await assert.rejects(children(undefined, "CHILD_SHARDS"), invalid);
    await assert.rejects(children((await shardId()).replace(/.$/, "-"), "CHILD_SHARDS"), {
      name: "ResourceNotFoundException",
    });
  });

  it("wake followers after each record, and those of other streams never", async () => {
    await local.dynamodb.createTable(streaming());
    await local.dynamodb.createTable({ ...streaming(), TableName: "records" });
    const { streams: log } = local.dynamodb;
    let woken = 0;
    const unread = () => log.begin;
    log.follow(StreamArn, unread, () => (woken += 1));
    log.follow(StreamArn.replace("/images/", "/records/"), unread, () => assert.fail());
    await put();
    await put();
    await put(second);
    assert.equal(woken, 2);
  });

  it("are read by those alone who may", async () => {
    await local.dynamodb.createTable(streaming());
    const ShardIterator = await iterator();
    local.refused.add(StreamArn);
    const denied = { name: "AccessDeniedException" };
    await assert.rejects(shardId(), denied);
    await assert.rejects(streams.send(new GetRecordsCommand({ ShardIterator })), denied);
    const shard = { StreamArn, ShardId: "shardId-00000001772366400000-00000000" };
    await assert.rejects(
      streams.send(new GetShardIteratorCommand({ ...shard, ShardIteratorType: "LATEST" })),
      denied,
    );
    local.refused.add("*");
    await assert.rejects(streams.send(new ListStreamsCommand({})), denied);
    assert.deepEqual(
      local.asked.slice(-4).map(({ action, resource }) => [action, resource]),
      [
        ["dynamodb:DescribeStream", StreamArn],
        ["dynamodb:GetRecords", StreamArn],
        ["dynamodb:GetShardIterator", StreamArn],
        ["dynamodb:ListStreams", "*"],
      ],
    );
  });

  it("refuse iterators that are forged or old, and places that there are not", async () => {
    await local.dynamodb.createTable(streaming());
    await put();
    const ShardIterator = await iterator();
    now = new Date(now.getTime() + 15 * 60 * 1000 + 1);
    await assert.rejects(records(ShardIterator), { name: "ExpiredIteratorException" });
    const invalid = { name: "ValidationException" };
    await assert.rejects(records("forged"), invalid);
    const ShardIteratorType = "AT_SEQUENCE_NUMBER";
    await assert.rejects(iterator({ ShardIteratorType }), invalid);
    const SequenceNumber = "9".repeat(21);
    await assert.rejects(iterator({ ShardIteratorType, SequenceNumber }), invalid);
    await assert.rejects(iterator({ ShardIteratorType: "LATEST", SequenceNumber }), invalid);
    await assert.rejects(records(await iterator(), 1001), invalid);
    const ShardId = "shardId-00000001772366400000-00000000";
    await assert.rejects(iterator({ ShardId }), { name: "ResourceNotFoundException" });
    await assert.rejects(iterator({ StreamArn: `no-arn-of-a-stream-${"x".repeat(37)}` }), invalid);
  });
});
