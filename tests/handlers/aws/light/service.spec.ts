import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { mock } from "node:test";
import { DynamoDBClient, GetItemCommand } from "../../../../handlers/aws/light/client-dynamodb";
import {
  CopyObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "../../../../handlers/aws/light/client-s3";
import {
  DynamoDBDocumentClient,
  TransactWriteCommand,
} from "../../../../handlers/aws/light/lib-dynamodb";
import { keepEnvironment } from "../../../support/environment";
import { useSdkSettings } from "../../support";
import { type Answer, Wire } from "./wire";

const read = new GetItemCommand({ TableName: "table-1", Key: { id: { S: "one" } } });
const found: Answer = { body: '{"Item":{"id":{"S":"one"}}}' };
const object = { Bucket: "bucket-1", Key: "key-1" };
const failedCopy = "<Error><Code>InternalError</Code><Message>try again</Message></Error>";
const copied = "<CopyObjectResult><ETag>tag</ETag></CopyObjectResult>";

function failed(statusCode: number, type: string, headers: Record<string, string> = {}): Answer {
  return { statusCode, headers, body: JSON.stringify({ __type: type, message: "so it is" }) };
}

function optionsOf({ requestHandler }: Wire) {
  return { maxAttempts: 3, requestHandler };
}

describe("a light client", () => {
  useSdkSettings();

  let restore: () => void;

  beforeEach(() => {
    restore = keepEnvironment();
    // Waits take a random part of a time: none.
    mock.method(Math, "random", () => 0);
  });
  afterEach(() => {
    mock.restoreAll();
    restore();
  });

  for (const [what, answer] of [
    ["an error of the service", failed(500, "InternalServerError")],
    ["a throttle", failed(400, "ProvisionedThroughputExceededException")],
    ["too many requests", { statusCode: 429 }],
    ["an answer of what stands between", { statusCode: 503, body: "<html>later</html>" }],
  ] as const) {
    it(`repeats a call after ${what}, as the same call`, async () => {
      const wire = new Wire(answer, answer, found);
      const output = await new DynamoDBClient(optionsOf(wire)).send(read);
      assert.deepEqual(output.Item, { id: { S: "one" } });
      assert.deepEqual(headersOf(wire, "amz-sdk-request"), [
        "attempt=1; max=3",
        "attempt=2; max=3",
        "attempt=3; max=3",
      ]);
      assert.equal(new Set(headersOf(wire, "amz-sdk-invocation-id")).size, 1);
    });
  }

  it("gives up after as many attempts as it may make, and says how many", async () => {
    const wire = new Wire(failed(500, "InternalServerError"));
    await assert.rejects(new DynamoDBClient(optionsOf(wire)).send(read), {
      name: "InternalServerError",
      message: "so it is",
      $fault: "server",
      $metadata: {
        httpStatusCode: 500,
        requestId: undefined,
        extendedRequestId: undefined,
        attempts: 3,
      },
    });
    assert.equal(wire.requests.length, 3);
  });

  it("repeats no call that was refused", async () => {
    const wire = new Wire(failed(400, "AccessDeniedException"), found);
    await assert.rejects(new DynamoDBClient(optionsOf(wire)).send(read), {
      name: "AccessDeniedException",
    });
    assert.equal(wire.requests.length, 1);
  });

  it("repeats what something around its attempts calls passing", async () => {
    const wire = new Wire(failed(400, "TransactionConflictException"), found);
    const client = new DynamoDBClient(optionsOf(wire));
    client.middlewareStack.add((next) => (args) => {
      return next(args).catch((error: unknown) => {
        throw Object.assign(error as Error, { $retryable: {} });
      });
    });
    assert.deepEqual((await client.send(read)).Item, { id: { S: "one" } });
  });

  it("repeats a call that was signed by a clock that is wrong, by the service's", async () => {
    const date = new Date(Date.now() + 3600_000).toUTCString();
    const wire = new Wire(failed(400, "InvalidSignatureException", { date }), found);
    await new DynamoDBClient(optionsOf(wire)).send(read);
    const [first = "", second = ""] = headersOf(wire, "x-amz-date").map(timeOf);
    const ahead = Date.parse(second) - Date.parse(first);
    assert.ok(ahead > 3500_000 && ahead < 3700_000, `${ahead} ms`);
  });

  it("repeats no call that was refused for its signature, when the clocks agree", async () => {
    const date = new Date().toUTCString();
    const wire = new Wire(failed(400, "InvalidSignatureException", { date }), found);
    await assert.rejects(new DynamoDBClient(optionsOf(wire)).send(read), {
      name: "InvalidSignatureException",
    });
    assert.equal(wire.requests.length, 1);
  });

  it("gives every attempt at a transaction one token, and another transaction another", async () => {
    const wire = new Wire(failed(500, "InternalServerError"), {}, {});
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(optionsOf(wire)));
    const transaction = {
      TransactItems: [{ Delete: { TableName: "table-1", Key: { id: "one" } } }],
    };
    await client.send(new TransactWriteCommand(transaction));
    await client.send(new TransactWriteCommand(transaction));
    const tokens = wire.sent.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    const [first, again, other] = tokens;
    assert.match(first ?? "", /^[0-9a-f-]{36}$/);
    assert.equal(again, first);
    assert.notEqual(other, first);
  });

  it("repeats a copy that S3 begins to answer with success and then fails", async () => {
    const wire = new Wire({ body: failedCopy }, { body: copied });
    const copy = new CopyObjectCommand({ ...object, CopySource: "bucket-1/key-2" });
    const { CopyObjectResult } = await new S3Client(optionsOf(wire)).send(copy);
    assert.equal(CopyObjectResult?.ETag, "tag");
    assert.equal(wire.requests.length, 2);
  });

  it("does not repeat a call whose body has been read", async () => {
    const wire = new Wire({ statusCode: 503, body: failedCopy }, {});
    const Body = Readable.from([Buffer.from("abc")]);
    const put = new PutObjectCommand({ ...object, Body, ContentLength: 3 });
    await assert.rejects(new S3Client(optionsOf(wire)).send(put), { name: "InternalError" });
    assert.equal(wire.requests.length, 1);
  });

  it("refuses a stream whose length is not said", async () => {
    const put = new PutObjectCommand({ ...object, Body: Readable.from([]) });
    await assert.rejects(new S3Client(optionsOf(new Wire())).send(put), TypeError);
  });

  it("asks where the environment says, with the bucket in the path of an IP address", async () => {
    const { env } = process;
    env.AWS_ENDPOINT_URL = "http://localhost:4566";
    env.AWS_ENDPOINT_URL_S3 = "http://127.0.0.1:9000/base/";
    const wire = new Wire({}, {});
    await new DynamoDBClient(optionsOf(wire)).send(read);
    await new S3Client(optionsOf(wire)).send(new GetObjectCommand(object));
    assert.deepEqual(
      wire.sent.map(({ url }) => url),
      ["http://localhost:4566/?", "http://127.0.0.1:9000/base/bucket-1/key-1?x-id=GetObject"],
    );
    assert.deepEqual(headersOf(wire, "host"), ["localhost:4566", "127.0.0.1:9000"]);
  });

  it("hands on the trace that Lambda has begun", async () => {
    const { env } = process;
    env.AWS_LAMBDA_FUNCTION_NAME = "function-1";
    env._X_AMZN_TRACE_ID = "Root=1-2-3";
    const wire = new Wire({});
    await new DynamoDBClient(optionsOf(wire)).send(read);
    assert.deepEqual(headersOf(wire, "X-Amzn-Trace-Id"), ["Root=1-2-3"]);
  });

  it("is not made where no region or no credentials are known", async () => {
    const { AWS_REGION } = process.env;
    const wire = new Wire({});
    Reflect.deleteProperty(process.env, "AWS_REGION");
    assert.throws(() => new DynamoDBClient(optionsOf(wire)), /AWS_REGION is not set/);
    process.env.AWS_REGION = AWS_REGION;
    const client = new DynamoDBClient(optionsOf(wire));
    Reflect.deleteProperty(process.env, "AWS_SECRET_ACCESS_KEY");
    await assert.rejects(client.send(read), /AWS_SECRET_ACCESS_KEY is not set/);
    assert.deepEqual(wire.requests, []);
  });

  it("reads text and bytes of items as they are", async () => {
    const wire = new Wire({ body: '{"Item":{"B":{"S":"text"},"b":{"B":"AQI="}}}' });
    const { Item } = await new DynamoDBClient(optionsOf(wire)).send(read);
    assert.deepEqual(Item, { B: { S: "text" }, b: { B: new Uint8Array([1, 2]) } });
  });
});

function headersOf({ requests }: Wire, name: string): (string | undefined)[] {
  return requests.map(({ headers }) => headers[name]);
}

/** `2026-01-02T03:04:05Z` of `20260102T030405Z`. */
function timeOf(text = ""): string {
  return text.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
}
