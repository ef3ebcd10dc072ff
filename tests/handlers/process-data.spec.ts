import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type AwsClientStub, mockClient } from "aws-sdk-client-mock";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createHandler } from "../../handlers/process-data";
import type { FaultKind } from "../../local/aws/types";
import { account, type LocalDynamoDb } from "../../local/tests/aws/dynamodb/support/local-dynamodb";
import { serviceContext, userContext, usersSettings } from "./callers";
import { idempotencyTable, recordsTable, useDynamoDb } from "./dynamodb";
import { resultsTable } from "./image-tables";
import { useS3 } from "./s3";
import { call, jsonEvent, settings, useSdkSettings } from "./support";

describe("process-data", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(recordsTable, resultsTable, idempotencyTable);
  let s3: AwsClientStub<S3Client>;

  beforeEach(() => {
    s3 = mockClient(S3Client);
    s3.on(PutObjectCommand).resolves({});
  });
  afterEach(() => {
    s3.restore();
  });

  const process = (event: APIGatewayProxyEvent) => call(createHandler(settings), event);
  const processJson = (body: string) => process(jsonEvent(null, { resource: "/process", body }));

  async function store(record: Record<string, AttributeValue>): Promise<void> {
    await dynamoDb().client.send(
      new PutItemCommand({ TableName: settings.RECORDS_TABLE, Item: record }),
    );
  }

  const listed = () => listedIn(dynamoDb());

  function storedText(): string {
    const [put] = s3.commandCalls(PutObjectCommand);
    return put?.args[0].input.Body as string;
  }

  async function assertRefused(event: APIGatewayProxyEvent, text: RegExp, statusCode = 400) {
    const exchange = await process(event);
    assert.equal(exchange.statusCode, statusCode);
    assert.match(exchange.body.error as string, text);
    assert.equal(exchange.headers?.["Access-Control-Allow-Origin"], "*");
    assert.equal(s3.calls().length, 0);
    assert.deepEqual(await listed(), []);
    return exchange;
  }

  it("stores what was posted and answers with it", async () => {
    const { statusCode, body } = await process(jsonEvent({ id: "a", n: 1 }));
    assert.equal(statusCode, 200);
    const { message, s3Key, url, processedData } = body as {
      message: string;
      s3Key: string;
      url: string;
      processedData: { processedAt: string };
    };
    assert.ok(message);
    assert.match(s3Key, /^results\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}\.json$/);
    assert.equal(url, `https://cdn.test/${s3Key}`);
    assert.deepEqual(processedData, { id: "a", n: 1, processedAt: processedData.processedAt });
    assert.equal(new Date(processedData.processedAt).toISOString(), processedData.processedAt);
    const [put] = s3.commandCalls(PutObjectCommand);
    assert.deepEqual(put?.args[0].input, {
      Bucket: "results-bucket",
      Key: s3Key,
      Body: JSON.stringify(processedData),
      ContentType: "application/json",
      IfNoneMatch: "*",
    });
  });

  it("lists the result with all that there is to know of it", async () => {
    const { body, bodyText } = await process(jsonEvent({ id: "a", text: "€" }));
    const { s3Key, processedData } = body as { s3Key: string; processedData: object };
    const { processedAt: timestamp } = processedData as { processedAt: string };
    const resultId = s3Key.slice("results/".length, -".json".length);
    assert.deepEqual(await listed(), [
      {
        id: "a",
        position: `${timestamp}#${resultId}`,
        resultId,
        s3Key,
        timestamp,
        bytes: Buffer.byteLength(JSON.stringify(processedData)),
      },
    ]);
    assert.ok(bodyText.includes(timestamp));
  });

  for (const [who, owner, authorizer, posted] of [
    ["the user who posted", "ada", userContext("ada"), {}],
    ["the user who posted and says so", "ada", userContext("ada"), { userId: "ada" }],
    ["whom an admin names", "ada", userContext("root", "admin"), { userId: "ada" }],
    ["whom a program names", "ada", serviceContext, { userId: "ada" }],
    ["nobody if an admin names none", undefined, userContext("root", "admin"), {}],
    ["nobody if what is named is no user", undefined, serviceContext, { userId: "x".repeat(129) }],
    ["nobody if what is named is no text", undefined, serviceContext, { userId: ["ada"] }],
  ] as const) {
    it(`lists the result as that of ${who}`, async () => {
      const event = jsonEvent({ id: "a", ...posted }, { authorizer: { ...authorizer } });
      const { statusCode } = await call(createHandler({ ...settings, ...usersSettings }), event);
      assert.equal(statusCode, 200);
      const [{ userId, userRecord } = {}] = await listed();
      assert.equal(userId, owner);
      const hash = createHash("sha256").update('["ada","a"]').digest("hex");
      assert.equal(userRecord, owner && hash);
    });
  }

  it("lists the result as that of its record's owner, if the data names nobody else", async () => {
    await store({ id: { S: "a" }, userId: { S: "ada" } });
    await process(jsonEvent({ id: "a" }));
    assert.deepEqual(
      (await listed()).map(({ userId }) => userId),
      ["ada"],
    );
  });

  it("reads the record of that id and merges the posted fields over it", async () => {
    await store({ id: { S: "a" }, kept: { S: "k" }, replaced: { S: "old" } });
    await store({ id: { S: "b" }, other: { S: "b" } });
    const { body } = await process(jsonEvent({ id: "a", replaced: "new", added: true }));
    const { processedAt, ...data } = body.processedData as Record<string, unknown>;
    assert.ok(processedAt);
    assert.deepEqual(data, { id: "a", kept: "k", replaced: "new", added: true });
  });

  it("writes a record's numbers, sets and binary as plain JSON", async () => {
    await store({
      id: { S: "a" },
      small: { N: "1.5" },
      large: { N: "12345678901234567890123456789012345678" },
      numbers: { NS: ["1", "12345678901234567891"] },
      texts: { SS: ["x"] },
      binary: { B: new Uint8Array([1, 2, 3]) },
      nested: { M: { list: { L: [{ N: "7" }, { NULL: true }, { B: new Uint8Array([0]) }] } } },
    });
    const { statusCode } = await processJson('{"id":"a"}');
    assert.equal(statusCode, 200);
    const text = storedText();
    for (const member of [
      '"small":1.5',
      '"large":12345678901234567890123456789012345678',
      '"numbers":[1,12345678901234567891]',
      '"texts":["x"]',
      '"binary":"AQID"',
      '"nested":{"list":[7,null,"AA=="]}',
    ]) {
      assert.ok(text.includes(member), `${member} in ${text}`);
    }
  });

  it("keeps the digits of posted numbers", async () => {
    await processJson('{"id":"a","n":[12345678901234567890,1e400,0.12345678901234567,2]}');
    assert.match(storedText(), /"n":\[12345678901234567890,1e400,0\.12345678901234567,2\]/);
    s3.resetHistory();
    await processJson('{"id":"a","n":0.0000001}');
    assert.match(storedText(), /"n":0\.0000001,/);
  });

  it("passes a member that is called __proto__ on as data", async () => {
    const { statusCode } = await processJson(
      '{"id":"a","__proto__":{"polluted":1},"constructor":2}',
    );
    assert.equal(statusCode, 200);
    assert.match(storedText(), /"__proto__":\{"polluted":1\},"constructor":2/);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  for (const body of ["null", "5", '"text"', "[]", '[{"id":"a"}]', "1.0", "true"]) {
    it(`refuses the body ${body}`, async () => {
      await assertRefused(jsonEvent(null, { body }), /body must be a JSON object|id is required/);
    });
  }

  it("refuses malformed JSON", async () => {
    await assertRefused(jsonEvent(null, { body: '{"id":' }), /body must be JSON/);
    await assertRefused(jsonEvent(null, { body: "" }), /body must be JSON/);
  });

  for (const [what, id] of Object.entries({
    "no id": undefined,
    "an empty id": "",
    "an id that is a number": 5,
    "an id that is null": null,
    "a long id": "x".repeat(1025),
    "an id of more bytes than a key may have": "€".repeat(1000),
    "an id with a control character": "a\nb",
    "an id with an unpaired surrogate": "\udc00",
  })) {
    it(`refuses ${what}`, async () => {
      await assertRefused(jsonEvent({ id }), /^id /);
    });
  }

  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data; boundary=b",
    "image/png",
  ]) {
    it(`refuses a body that calls itself ${type}`, async () => {
      const event = jsonEvent({ id: "a" }, { headers: { "content-type": type } });
      const exchange = await assertRefused(event, /must be application\/json/, 415);
      assert.equal(exchange.body.code, "UnsupportedMediaType");
    });
  }

  for (const type of ["", "APPLICATION/JSON;charset=UTF-8", "application/cloudevents+json"]) {
    it(`takes a body that calls itself ${type || "nothing"}`, async () => {
      const headers: Record<string, string> = type ? { "content-type": type } : {};
      assert.equal((await process(jsonEvent({ id: "a" }, { headers }))).statusCode, 200);
    });
  }

  it("refuses a body that is not UTF-8, with the byte, however it arrives", async () => {
    const bytes = Buffer.from('{"id":"a","name":"Jos\xe9"}', "latin1");
    // As the gateway passes text: with a sign in place of what it could not read.
    const text = bytes.toString("utf8");
    for (const body of [bytes, text]) {
      await assertRefused(
        jsonEvent(null, { body }),
        /^body must be UTF-8, and is not at byte 21\.$/,
      );
    }
    const utf16 = Buffer.from('\ufeff{"id":"a"}', "utf16le");
    await assertRefused(
      jsonEvent(null, { body: utf16 }),
      /^body must be UTF-8, and is not at byte 0/,
    );
  });

  it("gives back any characters that JSON can write, as they are", async () => {
    const text = '"e\u0301 \u00e9 \\ufffd \\ud800 \\udc00\\ud800 🏞 \ufeff \\u0000"';
    const { statusCode, body } = await processJson(`\ufeff{"id":"a","\u212b":${text}}`);
    assert.equal(statusCode, 200);
    const processed = body.processedData as Record<string, unknown>;
    assert.equal(processed["\u212b"], JSON.parse(text));
  });

  it("takes an id of 1,024 characters", async () => {
    assert.equal((await process(jsonEvent({ id: "x".repeat(1024) }))).statusCode, 200);
  });

  it("refuses a body that is nested so deeply that it could not be written", async () => {
    for (const levels of [100, 100_000]) {
      const body = `{"id":"a","x":${"[".repeat(levels)}${"]".repeat(levels)}}`;
      await assertRefused(jsonEvent(null, { body }), /nested|JSON/);
    }
    const allowed = `{"id":"a","x":${"[".repeat(98)}${"]".repeat(98)}}`;
    assert.equal((await processJson(allowed)).statusCode, 200);
  });

  it("refuses a body over the limit, naming the limit", async () => {
    const body = (bytes: number) => `{"id":"a","x":"${"x".repeat(bytes - 17)}"}`;
    assert.equal(body(262_144).length, 262_144);
    const exchange = await assertRefused(jsonEvent(null, { body: body(262_145) }), /262144/, 413);
    assert.equal(exchange.body.code, "RequestTooLarge");
    assert.equal(exchange.body.maxBytes, 262_144);
    // It is the merged result that is too large then: it has `processedAt`, too.
    const merged = await assertRefused(jsonEvent(null, { body: body(262_144) }), /262144/, 413);
    assert.equal(merged.body.code, "ResultTooLarge");
    assert.equal((await processJson(body(262_000))).statusCode, 200);
  });

  it("counts bytes, not characters", async () => {
    const body = JSON.stringify({ id: "a", x: "€".repeat(90_000) });
    await assertRefused(jsonEvent(null, { body }), /body is larger/i, 413);
  });

  it("refuses a result that its record makes too large", async () => {
    await store({ id: { S: "a" }, stored: { S: "x".repeat(200_000) } });
    const event = jsonEvent({ id: "a", posted: "x".repeat(100_000) });
    const { body } = await assertRefused(event, /processed data is larger/, 413);
    assert.equal(body.code, "ResultTooLarge");
  });

  it("points to what is wrong", async () => {
    const pointers = async (body: string) => {
      const exchange = await assertRefused(jsonEvent(null, { body }), /./);
      return (exchange.body.details as { pointer: string }[]).map(({ pointer }) => pointer);
    };
    assert.deepEqual(await pointers('{"id":5}'), ["/id"]);
    assert.deepEqual(await pointers("[]"), [""]);
    assert.deepEqual(await pointers("{"), [""]);
  });

  it("refuses a query", async () => {
    await assertRefused(jsonEvent({ id: "a" }, { query: { id: "b" } }), /id is not accepted/);
  });

  it("is a bland 500 when the result cannot be stored", async () => {
    s3.on(PutObjectCommand).rejects(new Error("secret-detail"));
    const { statusCode, body, logText } = await process(jsonEvent({ id: "SECRET-ID" }));
    assert.equal(statusCode, 500);
    assert.doesNotMatch(JSON.stringify(body), /secret-detail/);
    assert.match(logText, /secret-detail/);
    assert.doesNotMatch(logText, /SECRET-ID/);
  });
});

describe("process-data under an Idempotency-Key", () => {
  useSdkSettings();
  const dynamoDb = useDynamoDb(recordsTable, resultsTable, idempotencyTable);
  /** What the next calls of S3 fail by. */
  let faults: FaultKind[] = [];
  const s3 = useS3(settings.RESULTS_BUCKET, {
    faults: {
      decide: (_, operation) => {
        const kind = operation === "PutObject" ? faults.shift() : undefined;
        return kind && { kind, moment: 0 };
      },
    },
  });
  const Bucket = settings.RESULTS_BUCKET;
  const text =
    '{"id":"a","n":[12345678901234567890,1e400,1.50],"__proto__":{"x":1},"é\\u0001":"😀"}';

  function process(body = text, key = "key-1") {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    return call(createHandler(settings), jsonEvent(null, { headers, body }));
  }

  /** Forgets the answer but not the claim, as if the function had crashed before it was stored. */
  async function forgetAnswer(): Promise<void> {
    const TableName = settings.IDEMPOTENCY_TABLE;
    const { Items = [] } = await dynamoDb().client.send(new ScanCommand({ TableName }));
    const answer = Items.find(({ id }) => id?.S?.startsWith("answer#"));
    assert.ok(answer?.id);
    await dynamoDb().client.send(new DeleteItemCommand({ TableName, Key: { id: answer.id } }));
  }

  async function stored(): Promise<string[]> {
    const { Versions = [] } = await s3().client.send(new ListObjectVersionsCommand({ Bucket }));
    return Versions.map(({ Key = "" }) => Key);
  }

  it("stores one result, and answers alike every time", async () => {
    const first = await process();
    assert.equal(first.statusCode, 200);
    assert.match(first.bodyText, /"n":\[12345678901234567890,1e400,1\.50\],"__proto__":\{"x":1\}/);
    const again = await process();
    assert.equal(again.bodyText, first.bodyText);
    assert.equal(again.headers?.["Idempotency-Replayed"], "true");
    assert.deepEqual(await stored(), [first.body.s3Key]);
  });

  it("answers with the result of an attempt that crashed after it had stored it", async () => {
    const first = await process();
    await forgetAnswer();
    const again = await process();
    assert.equal(again.bodyText, first.bodyText);
    assert.equal(again.headers?.["Idempotency-Replayed"], undefined);
    assert.deepEqual(await stored(), [first.body.s3Key]);
    const { Body } = await s3().client.send(
      new GetObjectCommand({ Bucket, Key: String(first.body.s3Key) }),
    );
    assert.ok(first.bodyText.includes((await Body?.transformToString()) ?? "-"));
  });

  it("asks S3 until it knows whether it has stored the result, which stays if it has", async () => {
    faults = ["drop", "error", "throttle"];
    const { statusCode, body } = await process();
    assert.equal(statusCode, 200);
    assert.deepEqual(await stored(), [body.s3Key]);
  });

  it("lists the result once, however often it is asked for", async () => {
    const first = await process();
    const rows = await listedIn(dynamoDb());
    assert.deepEqual(
      rows.map(({ s3Key }) => s3Key),
      [first.body.s3Key],
    );
    await process();
    await forgetAnswer();
    await process();
    assert.deepEqual(await listedIn(dynamoDb()), rows);
  });

  it("acknowledges nothing that is not listed, and lists it when it is asked for again", async () => {
    const { refused } = dynamoDb();
    const tableArn = `arn:aws:dynamodb:${account.region}:${account.accountId}:table/${settings.RESULTS_TABLE}`;
    refused.add(tableArn);
    const failed = await process();
    assert.deepEqual([failed.statusCode, failed.body.code], [500, "InternalError"]);
    refused.delete(tableArn);
    assert.deepEqual(await listedIn(dynamoDb()), []);
    const [key = ""] = await stored();
    const again = await process();
    assert.equal(again.statusCode, 200);
    assert.deepEqual(await stored(), [key]);
    const { Body } = await s3().client.send(new GetObjectCommand({ Bucket, Key: key }));
    const json = (await Body?.transformToString()) ?? "";
    const { processedAt } = JSON.parse(json) as { processedAt: string };
    const [row, ...more] = await listedIn(dynamoDb());
    assert.deepEqual(more, []);
    assert.deepEqual(
      [row?.s3Key, row?.timestamp, row?.bytes],
      [key, processedAt, Buffer.byteLength(json)],
    );
  });

  it("refuses another body", async () => {
    await process();
    const { statusCode, body } = await process('{"id":"b"}');
    assert.equal(statusCode, 422);
    assert.equal(body.code, "IdempotencyKeyReused");
    assert.equal((await stored()).length, 1);
  });

  it("lets the key of a refused body be used for a better one", async () => {
    const tooLarge = `{"id":"a","x":"${"x".repeat(262_144 - 17)}"}`;
    assert.equal((await process(tooLarge)).body.code, "ResultTooLarge");
    assert.equal((await process()).statusCode, 200);
  });

  it("stores the largest answer", async () => {
    const large = `{"id":"a","x":"${"€".repeat(43_000)}${'\\"'.repeat(66_000)}"}`;
    const first = await process(large);
    assert.equal(first.statusCode, 200);
    assert.ok(Buffer.byteLength(first.bodyText) > 260_000);
    assert.equal((await process(large)).bodyText, first.bodyText);
  });
});

/** All rows of the results table. */
async function listedIn({ client }: LocalDynamoDb): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: settings.RESULTS_TABLE }));
  return Items.map((item) => unmarshall(item));
}
