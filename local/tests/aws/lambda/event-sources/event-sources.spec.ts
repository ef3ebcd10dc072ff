import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from "@aws-sdk/client-lambda";
import type { DynamoDBStreamEvent } from "aws-lambda";

import { AwsError } from "../../../../aws/aws-error";
import { StreamReaders } from "../../../../aws/dynamodb/streams/stream-readers";
import type { AuthorizationRequest, Decision } from "../../../../aws/iam/types";
import type { EventSourceMapping } from "../../../../aws/lambda/event-sources/event-source-mapping";
import type { LambdaOptions } from "../../../../aws/lambda/lambda-options";
import { account, images, LocalDynamoDb } from "../../dynamodb/support/local-dynamodb";
import { LocalLambda } from "../support/local-lambda";

const uuid = "11111111-2222-4333-a444-555555555555";
const label = "2026-03-01T12:00:00.000";
const { TableName } = images;
const streamArn = `arn:aws:dynamodb:eu-west-1:123456789012:table/images/stream/${label}`;
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:failures";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:resize";
const table = { ...images, Stream: { StreamViewType: "NEW_IMAGE" as const, StreamLabel: label } };
const telling =
  "exports.handler = async (event) => { console.log('GOT ' + JSON.stringify(event)); };";
const failing = "exports.handler = async () => { throw new RangeError('no'); };";
const mapping: EventSourceMapping = {
  uuid,
  functionName: "resize",
  eventSourceArn: streamArn,
  startingPosition: "TRIM_HORIZON",
};

describe("EventSources", () => {
  let dataDir: string;
  let local: LocalDynamoDb;
  const started: LocalLambda[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "event-sources-"));
    local = await LocalDynamoDb.start();
    await local.dynamodb.createTable(table);
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((lambda) => lambda.stop()));
    await local.stop();
    await rm(dataDir, { recursive: true });
  });

  /** Another Lambda on the same folder, with the function `resize`. */
  async function start(
    source = telling,
    overrides: Partial<LambdaOptions> = {},
  ): Promise<LocalLambda> {
    const { readers: streams } = local.dynamodb;
    const backoff = () => Promise.resolve();
    const lambda = await LocalLambda.start({ dataDir, streams, backoff, ...overrides });
    started.push(lambda);
    await lambda.create(source);
    return lambda;
  }

  async function put(id: string): Promise<void> {
    const Item = { id: { S: id }, userId: { S: "ann" }, timestamp: { N: "1" } };
    await local.client.send(new PutItemCommand({ TableName, Item }));
  }

  const eventsOf = ({ lines }: LocalLambda): DynamoDBStreamEvent[] =>
    lines.flatMap((line) => {
      const [, json] = /GOT (\{.*\})/.exec(line) ?? [];
      return json === undefined ? [] : (JSON.parse(json) as DynamoDBStreamEvent);
    });
  const idsOf = (lambda: LocalLambda) =>
    eventsOf(lambda).flatMap(({ Records }) => Records.map(({ dynamodb }) => dynamodb?.Keys?.id?.S));

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await sleep(5);
    }
  }

  it("give a function the records of a stream, as Lambda does", async () => {
    const lambda = await start();
    lambda.lambda.eventSources.put(mapping);
    await put("1");
    lambda.lambda.resume();
    await until(() => eventsOf(lambda).length > 0);
    const [record] = eventsOf(lambda)[0]?.Records ?? [];
    const { eventID, dynamodb, ...envelope } = record ?? assert.fail();
    assert.match(eventID ?? "", /^[0-9a-f]{32}$/);
    assert.deepEqual(envelope, {
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "eu-west-1",
      eventSourceARN: streamArn,
    });
    assert.deepEqual(dynamodb?.Keys, { id: { S: "1" } });
    assert.equal(dynamodb.OldImage, undefined);
    assert.equal(typeof dynamodb.ApproximateCreationDateTime, "number");
    await put("2");
    await until(() => idsOf(lambda).includes("2"));
    assert.ok(lambda.metrics.some(({ name }) => name === "IteratorAge"));
  });

  it("give records to the version that an alias leads to, and measure it for the alias", async () => {
    const { lambda, ...told } = await start();
    lambda.publishVersion("resize");
    lambda.aliases.create({ functionName: "resize", name: "live", version: "1" });
    lambda.eventSources.put({ ...mapping, functionName: `${functionArn}:live` });
    assert.equal(lambda.eventSources.find(uuid)?.functionArn, `${functionArn}:live`);
    await put("1");
    lambda.resume();
    await until(() => told.lines.some((line) => /^START .* Version: 1$/.test(line)));
    const series = told.metrics
      .filter(({ name }) => name === "IteratorAge")
      .map(({ dimensions }) => dimensions);
    const FunctionName = "resize";
    assert.deepEqual(series, [{ FunctionName }, { FunctionName, Resource: "resize:live" }]);
  });

  it("go on after a restart where they were, and lose nothing that a kill has interrupted", async () => {
    const slow = "exports.handler = () => new Promise(() => {});";
    const first = await start(slow);
    first.lambda.eventSources.put(mapping);
    first.lambda.resume();
    await put("1");
    await until(() => first.metrics.some(({ name }) => name === "IteratorAge"));
    // The first is never stopped: it hangs, as a process that was killed.
    const second = await start();
    second.lambda.eventSources.put(mapping);
    second.lambda.resume();
    await until(() => idsOf(second).length === 1);
    await second.lambda.stop();
    await put("2");
    const third = await start();
    third.lambda.eventSources.put(mapping);
    third.lambda.resume();
    await until(() => idsOf(third).length > 0);
    assert.deepEqual([idsOf(second), idsOf(third)], [["1"], ["2"]]);
  });

  it("begin with what comes, where that is asked for, and anew once they were deleted", async () => {
    await put("1");
    const lambda = await start();
    const { eventSources } = lambda.lambda;
    eventSources.put({ ...mapping, startingPosition: "LATEST" });
    lambda.lambda.resume();
    await put("2");
    await until(() => idsOf(lambda).length > 0);
    assert.deepEqual(idsOf(lambda), ["2"]);
    eventSources.delete(uuid);
    eventSources.put(mapping);
    await until(() => idsOf(lambda).length > 2);
    assert.deepEqual(idsOf(lambda).slice(1), ["1", "2"]);
  });

  it("go on where they were when they are changed, and rest while they are disabled", async () => {
    const lambda = await start();
    const { eventSources } = lambda.lambda;
    eventSources.put(mapping);
    lambda.lambda.resume();
    await put("1");
    await until(() => idsOf(lambda).length === 1);
    await until(() => eventSources.find(uuid)?.lastResult === "OK");
    eventSources.put({ ...mapping, enabled: false });
    await put("2");
    await put("3");
    assert.equal(idsOf(lambda).length, 1);
    eventSources.put({ ...mapping, batchSize: 1 });
    await until(() => idsOf(lambda).length === 3);
    assert.deepEqual(
      eventsOf(lambda).map(({ Records }) => Records.length),
      [1, 1, 1],
    );
  });

  it("send what they give up to a queue: where it is in the stream", async () => {
    const lambda = await start(failing);
    lambda.lambda.eventSources.put({ ...mapping, maximumRetryAttempts: 0, onFailure: queueArn });
    lambda.lambda.resume();
    local.clock = () => new Date("2026-03-01T12:00:01.500Z");
    await put("1");
    await until(() => lambda.sent.length > 0);
    const { requestContext, timestamp, DDBStreamBatchInfo, ...others } = lambda.sent[0] as Record<
      string,
      Record<string, unknown>
    >;
    assert.deepEqual(others, {
      version: "1.0",
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    });
    const { requestId, ...context } = requestContext ?? {};
    assert.match(String(requestId), /^[0-9a-f-]{36}$/);
    assert.deepEqual(context, {
      functionArn,
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 1,
    });
    const { shardId, startSequenceNumber, ...place } = DDBStreamBatchInfo ?? {};
    assert.match(String(shardId), /^shardId-\d{20}-[0-9a-f]{8}$/);
    assert.match(String(startSequenceNumber), /^\d{21}$/);
    assert.deepEqual(place, {
      endSequenceNumber: startSequenceNumber,
      approximateArrivalOfFirstRecord: "2026-03-01T12:00:01Z",
      approximateArrivalOfLastRecord: "2026-03-01T12:00:01Z",
      batchSize: 1,
      streamArn,
    });
    assert.equal(typeof timestamp, "string");
  });

  it("tell a queue of a function that has not thrown, but said what it failed on", async () => {
    const { sent, lambda } = await start(
      'exports.handler = async () => ({ batchItemFailures: [{ itemIdentifier: "" }] });',
    );
    const reporting = { ...mapping, reportsBatchItemFailures: true, maximumRetryAttempts: 0 };
    lambda.eventSources.put({ ...reporting, onFailure: queueArn });
    lambda.resume();
    await put("1");
    await until(() => sent.length > 0);
    assert.deepEqual((sent[0] as Record<string, unknown>).responseContext, {
      statusCode: 200,
      executedVersion: "$LATEST",
      functionError: null,
    });
  });

  it("are told where nobody gets what they give up", async () => {
    const lambda = await start(failing);
    lambda.lambda.eventSources.put({ ...mapping, maximumRetryAttempts: 0 });
    lambda.lambda.resume();
    await put("1");
    await until(() => lambda.notices.some((line) => line.includes("are dropped")));
    assert.deepEqual(lambda.sent, []);
  });

  for (const action of ["ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"]) {
    it(`are refused where the function's role may not ${action}`, async () => {
      const authorizer = {
        authorize: (request: AuthorizationRequest): Decision => {
          const allowed = request.action !== `dynamodb:${action}`;
          return { allowed, reason: allowed ? "allow" : "implicit-deny", explanation: "no reason" };
        },
      };
      const streams = new StreamReaders(() => local.dynamodb.streams, authorizer);
      const lambda = await start(telling, { streams });
      assert.throws(
        () => {
          lambda.lambda.eventSources.put(mapping);
        },
        { code: "InvalidParameterValueException", message: /Cannot access stream/ },
      );
      assert.deepEqual(lambda.lambda.eventSources.all(), []);
    });
  }

  const refused: readonly (readonly [string, Partial<EventSourceMapping>, string])[] = [
    ["no such function", { functionName: "other" }, "ResourceNotFoundException"],
    [
      "no such stream",
      { eventSourceArn: streamArn.replace("2026", "2025") },
      "InvalidParameterValueException",
    ],
    ["no starting position", { startingPosition: undefined }, "InvalidParameterValueException"],
    ["a queue as source", { eventSourceArn: queueArn }, "NotImplemented"],
    ["a topic as destination", { onFailure: "arn:aws:sns:eu-west-1:1:t" }, "NotImplemented"],
    ["batches of none", { batchSize: 0 }, "ValidationException"],
    ["batches of 10,001", { batchSize: 10_001 }, "ValidationException"],
    ["a window of 301 s", { maximumBatchingWindowSeconds: 301 }, "ValidationException"],
    ["an age of 59 s", { maximumRecordAgeSeconds: 59 }, "ValidationException"],
    ["10,001 retries", { maximumRetryAttempts: 10_001 }, "ValidationException"],
    [
      "six filters",
      { filters: Array.from({ length: 6 }, () => '{"eventName":["INSERT"]}') },
      "InvalidParameterValueException",
    ],
    ["an unknown operator", { filters: ['{"a":[{"is":1}]}'] }, "InvalidParameterValueException"],
  ];
  for (const [what, members, code] of refused) {
    it(`are refused with ${what}`, async () => {
      const lambda = await start();
      const put = () => {
        const given = { ...mapping, ...members };
        lambda.lambda.eventSources.put(given);
      };
      assert.throws(put, (error) => error instanceof AwsError && error.code === code);
    });
  }

  it("are refused a second time for a stream and a function, but not for a version of it", async () => {
    const { lambda } = await start();
    lambda.eventSources.put(mapping);
    const other = { ...mapping, uuid: "11111111-2222-3333-4444-555555555555" };
    assert.throws(
      () => {
        lambda.eventSources.put(other);
      },
      {
        code: "ResourceConflictException",
        statusCode: 409,
        message: `The event source arn (" ${streamArn} ") and function (" resize ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      },
    );
    lambda.publishVersion("resize");
    lambda.eventSources.put({ ...other, functionName: "resize:1" });
    assert.equal(lambda.eventSources.all().length, 2);
  });

  it("are shown over the API", async () => {
    const lambda = await start();
    const filters = ['{"eventName":["INSERT"]}'];
    const tags = { team: "ours" };
    const given = { filters, onFailure: queueArn, reportsBatchItemFailures: true, tags };
    lambda.lambda.eventSources.put({ ...mapping, ...given });
    const client = new LambdaClient({
      endpoint: lambda.lambda.url,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
    const found = await client.send(new GetEventSourceMappingCommand({ UUID: uuid }));
    const { $metadata, LastModified, ...described } = found;
    assert.equal($metadata.httpStatusCode, 200);
    assert.ok(LastModified instanceof Date);
    assert.deepEqual(described, {
      UUID: uuid,
      EventSourceMappingArn: `arn:aws:lambda:eu-west-1:123456789012:event-source-mapping:${uuid}`,
      EventSourceArn: streamArn,
      FunctionArn: functionArn,
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      TumblingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      BisectBatchOnFunctionError: false,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: [{ Pattern: filters[0] }] },
      DestinationConfig: { OnFailure: { Destination: queueArn } },
      State: "Enabled",
      StateTransitionReason: "User action",
      LastProcessingResult: "No records processed",
    });
    const listed = async (input: object) =>
      (await client.send(new ListEventSourceMappingsCommand(input))).EventSourceMappings?.length;
    assert.equal(await listed({ FunctionName: "resize", EventSourceArn: streamArn }), 1);
    assert.equal(await listed({ FunctionName: "other" }), 0);
    assert.equal(await listed({ EventSourceArn: `${streamArn}1` }), 0);
    for (const [wrong, member] of [
      [{ EventSourceArn: "stream" }, "eventSourceArn"],
      [{ FunctionName: "re.size" }, "functionName"],
    ] as const) {
      await assert.rejects(listed(wrong), {
        name: "ValidationException",
        message: new RegExp(`at '${member}' failed to satisfy constraint: Member must satisfy reg`),
      });
    }
    const tagged = new ListTagsCommand({ Resource: found.EventSourceMappingArn });
    assert.deepEqual((await client.send(tagged)).Tags, tags);
    await assert.rejects(client.send(new GetEventSourceMappingCommand({ UUID: "none" })), {
      name: "ResourceNotFoundException",
    });
    client.destroy();
  });
});
