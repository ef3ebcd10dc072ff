import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { mock } from "node:test";
import * as sdkCloudFront from "@aws-sdk/client-cloudfront";
import * as sdkDynamoDb from "@aws-sdk/client-dynamodb";
import * as sdkEventBridge from "@aws-sdk/client-eventbridge";
import * as sdkS3 from "@aws-sdk/client-s3";
import * as sdkSsm from "@aws-sdk/client-ssm";
import * as sdkDocuments from "@aws-sdk/lib-dynamodb";
import { createPresignedPost as sdkForm } from "@aws-sdk/s3-presigned-post";
import {
  getSignedUrl as sdkSignedUrl,
  S3RequestPresigner as SdkPresigner,
} from "@aws-sdk/s3-request-presigner";
import * as cloudFront from "../../../../handlers/aws/light/client-cloudfront";
import * as dynamoDb from "../../../../handlers/aws/light/client-dynamodb";
import * as eventBridge from "../../../../handlers/aws/light/client-eventbridge";
import * as s3 from "../../../../handlers/aws/light/client-s3";
import * as ssm from "../../../../handlers/aws/light/client-ssm";
import * as documents from "../../../../handlers/aws/light/lib-dynamodb";
import { createPresignedPost } from "../../../../handlers/aws/light/s3-presigned-post";
import {
  getSignedUrl,
  S3RequestPresigner,
} from "../../../../handlers/aws/light/s3-request-presigner";
import { keepEnvironment } from "../../../support/environment";
import { useSdkSettings } from "../../support";
import { type Answer, type Sent, Wire } from "./wire";

/** What both kinds of clients are made with. */
interface Options {
  maxAttempts: number;
  requestHandler: Wire["requestHandler"];
}

/** What came of a call: what was sent, and the output or the error. */
interface Outcome {
  sent: Sent[];
  output?: unknown;
  error?: unknown;
}

/** A call by either kind of clients. */
interface Call {
  what: string;
  answer?: Answer;
  sdk: (options: Options) => Promise<unknown>;
  light: (options: Options) => Promise<unknown>;
  /** What is compared of the output, of which handlers read few members. Default: all of it. */
  read?: (output: unknown) => unknown;
}

/** One or two of each partition. */
const regions = [
  "us-east-1",
  "eu-central-1",
  "cn-north-1",
  "us-gov-west-1",
  "eusc-de-east-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "us-isof-south-1",
  "eu-isoe-west-1",
];

const Bucket = "bucket-1";
const Key = "images/a b/ü(1)!.png";

describe("the light clients", () => {
  useSdkSettings();

  let restore: () => void;
  beforeEach(() => {
    restore = keepEnvironment();
    mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 0, 2, 3, 4, 5) });
    process.env.AWS_SESSION_TOKEN = "session/token+1=";
  });
  afterEach(() => {
    mock.timers.reset();
    restore();
  });

  for (const { what, answer = {}, sdk, light, read } of calls()) {
    it(`send the same as the SDK, and make the same of the answer: ${what}`, async () => {
      const [expected, actual] = [await outcomeOf(sdk, answer), await outcomeOf(light, answer)];
      assert.ok(expected.sent.length > 0);
      assert.deepEqual(actual.sent, expected.sent);
      assert.deepEqual(actual.error, expected.error);
      const pick = read ?? ((output) => output);
      assert.deepEqual(await pick(actual.output), await pick(expected.output));
    });
  }

  for (const region of regions) {
    it(`ask the same hosts as the SDK, for the same signatures, in ${region}`, async () => {
      process.env.AWS_REGION = region;
      const isOfRegion = ({ what }: Call) =>
        what.endsWith(" any") || (what.endsWith(" anywhere") && /^(us-e|eu-c|cn-)/.test(region));
      const compared = calls().filter(isOfRegion);
      assert.ok(compared.length >= 3);
      for (const { sdk, light, answer } of compared) {
        assert.deepEqual(await scopeOf(light, answer), await scopeOf(sdk, answer));
      }
    });
  }

  it("refuse a call of S3 of which they would leave something out", () => {
    const encrypted = { Bucket, Key, ServerSideEncryption: "aws:kms" } as const;
    for (const command of [
      new s3.PutObjectCommand(encrypted),
      new s3.CopyObjectCommand({ ...encrypted, CopySource: "b/k" }),
      new s3.GetObjectCommand({ Bucket, Key, ExpectedBucketOwner: "1" }),
      new s3.HeadObjectCommand({ Bucket, Key, VersionId: "1" }),
      new s3.DeleteObjectCommand({ Bucket, Key, IfMatch: "1" }),
      new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [] }, MFA: "1" }),
      new s3.ListObjectVersionsCommand({ Bucket, Delimiter: "/" }),
    ]) {
      assert.throws(
        () => command.request(),
        /^TypeError: Of this call, .* sends Bucket, .*; not \w+\.$/,
      );
    }
  });

  it("presign the same URLs as the SDK", async () => {
    const { requestHandler } = new Wire();
    const options = { maxAttempts: 1, requestHandler };
    for (const name of [Bucket, "bucket.with.dots"]) {
      const input = { Bucket: name, Key };
      for (const Command of ["GetObjectCommand", "HeadObjectCommand"] as const) {
        const expected = await sdkSignedUrl(
          new sdkS3.S3Client(options),
          new sdkS3[Command](input),
          { expiresIn: 60 },
        );
        const actual = await getSignedUrl(new s3.S3Client(options), new s3[Command](input), {
          expiresIn: 60,
        });
        assert.deepEqual(partsOf(actual), partsOf(expected));
      }
    }
  });

  it("presign requests that others have made as the SDK does", async () => {
    const { requestHandler } = new Wire();
    const options = { maxAttempts: 1, requestHandler };
    const sdk = new SdkPresigner(new sdkS3.S3Client(options).config);
    const light = new S3RequestPresigner(new s3.S3Client(options).config);
    for (const port of [{}, { port: 4566 }]) {
      const made = () => ({
        ...{ method: "GET", protocol: "http:", hostname: "example.com", ...port },
        ...{ path: "/a/%C3%BC%2B.png", query: { "x-id": "GetObject" }, headers: {} },
      });
      const [expected, actual] = await Promise.all([
        sdk.presign(made(), { expiresIn: 60 }),
        light.presign(made(), { expiresIn: 60 }),
      ]);
      assert.deepEqual([actual.path, actual.query], [expected.path, expected.query]);
    }
  });

  it("presign the same forms as the SDK", async () => {
    const { requestHandler } = new Wire();
    const options = { maxAttempts: 1, requestHandler };
    for (const name of [Bucket, "bucket.with.dots"]) {
      const form = {
        Bucket: name,
        Key,
        Fields: { "Content-Type": "image/png" },
        Conditions: [["content-length-range", 7, 7] as ["content-length-range", number, number]],
        Expires: 60,
      };
      assert.deepEqual(
        await createPresignedPost(new s3.S3Client(options), form),
        await sdkForm(new sdkS3.S3Client(options), form),
      );
    }
  });
});

function calls(): Call[] {
  return [...documentCalls(), ...itemCalls(), ...objectCalls(), ...otherCalls()];
}

function documentCalls(): Call[] {
  const TableName = "table-1";
  const values = { ":text": "ü", ":n": 1.5, ":none": null, ":yes": true };
  const item = {
    id: "one",
    bytes: new Uint8Array([1, 2, 255]),
    buffer: Buffer.from("abc"),
    list: [1, "two", { B: "no bytes", deep: [null, false] }],
    set: new Set(["a", "b"]),
    numbers: new Set([1, 2]),
    big: 2n ** 70n,
    constructor: "a member's name",
    skipped: undefined,
  };
  const typed = {
    id: { S: "one" },
    bytes: { B: "AQL/" },
    sets: { M: { b: { BS: ["AQL/", "YWJj"] }, s: { SS: ["x"] }, n: { NS: ["1", "2"] } } },
    B: { S: "a member's name" },
    BS: { L: [{ NULL: true }, { BOOL: false }] },
    n: { N: "12345678901234567890123456789" },
  };
  const document = (
    what: string,
    Command: Extract<keyof typeof documents & keyof typeof sdkDocuments, `${string}Command`>,
    input: object,
    answer: object = {},
  ): Call => ({
    what: `${Command} ${what}`,
    answer: { body: JSON.stringify(answer) },
    sdk: (options) => {
      const make = sdkDocuments[Command] as unknown as new (input: object) => never;
      return documentsOf(new sdkDynamoDb.DynamoDBClient(options)).send(new make(input));
    },
    light: (options) => {
      const make = documents[Command] as unknown as new (input: object) => never;
      const client = new dynamoDb.DynamoDBClient(options);
      return documents.DynamoDBDocumentClient.from(client, translation).send(new make(input));
    },
  });
  return [
    document("of any", "GetCommand", { TableName, Key: { id: "one" } }, { Item: typed }),
    document("of no item", "GetCommand", { TableName, Key: { id: "one" }, ConsistentRead: true }),
    document("of each type", "PutCommand", {
      TableName,
      Item: item,
      ConditionExpression: "attribute_not_exists(id) OR #n < :n",
      ExpressionAttributeNames: { "#n": "n" },
      ExpressionAttributeValues: values,
    }),
    document(
      "with what was there",
      "UpdateCommand",
      {
        TableName,
        Key: { id: "one" },
        UpdateExpression: "SET a = :text",
        ExpressionAttributeValues: values,
        ReturnValues: "ALL_NEW",
      },
      { Attributes: typed },
    ),
    document("of one", "DeleteCommand", { TableName, Key: { id: "one" } }),
    document(
      "with a further page",
      "QueryCommand",
      {
        TableName,
        IndexName: "index-1",
        KeyConditionExpression: "a = :text",
        ExpressionAttributeValues: values,
        ExclusiveStartKey: { id: "zero" },
        Limit: 2,
        ScanIndexForward: false,
      },
      { Items: [typed, { id: { S: "two" } }], Count: 2, LastEvaluatedKey: { id: { S: "two" } } },
    ),
    document(
      "with some unread",
      "BatchGetCommand",
      {
        RequestItems: {
          [TableName]: { Keys: [{ id: "one" }, { id: "two" }], ConsistentRead: true },
        },
      },
      {
        Responses: { [TableName]: [typed] },
        UnprocessedKeys: { [TableName]: { Keys: [{ id: { S: "two" } }], ConsistentRead: true } },
      },
    ),
    document("of each kind", "TransactWriteCommand", {
      ClientRequestToken: "token-1",
      TransactItems: [
        { Put: { TableName, Item: item } },
        { Delete: { TableName, Key: { id: "two" } } },
        {
          Update: {
            TableName,
            Key: { id: "three" },
            UpdateExpression: "SET a = :n",
            ExpressionAttributeValues: values,
          },
        },
        {
          ConditionCheck: {
            TableName,
            Key: { id: "four" },
            ConditionExpression: "a = :n",
            ExpressionAttributeValues: values,
          },
        },
      ],
    }),
  ];
}

const translation = { marshallOptions: { convertClassInstanceToMap: true } };

function documentsOf(client: sdkDynamoDb.DynamoDBClient): sdkDocuments.DynamoDBDocumentClient {
  return sdkDocuments.DynamoDBDocumentClient.from(client, translation);
}

function itemCalls(): Call[] {
  const failed = (type: string, more: object = {}): Answer => ({
    statusCode: 400,
    headers: { "x-amzn-requestid": "request-1" },
    body: JSON.stringify({ __type: type, ...more }),
  });
  const put = (what: string, answer: Answer): Call => {
    const input = {
      TableName: "table-1",
      Item: { id: { S: "one" }, b: { B: new Uint8Array([7]) } },
    };
    return {
      what: `PutItemCommand ${what}`,
      answer,
      sdk: (options) =>
        new sdkDynamoDb.DynamoDBClient(options).send(new sdkDynamoDb.PutItemCommand(input)),
      light: (options) =>
        new dynamoDb.DynamoDBClient(options).send(new dynamoDb.PutItemCommand(input)),
    };
  };
  const prefix = "com.amazonaws.dynamodb.v20120810#";
  return [
    put("of an item", { body: "{}" }),
    put(
      "whose condition is not met",
      failed(`${prefix}ConditionalCheckFailedException`, {
        message: "The conditional request failed",
        Item: { id: { S: "one" }, b: { B: "Bw==" } },
      }),
    ),
    put(
      "in a cancelled transaction",
      failed(`${prefix}TransactionCanceledException`, {
        Message: "Transaction cancelled",
        CancellationReasons: [
          { Code: "None" },
          { Code: "ConditionalCheckFailed", Message: "no", Item: { b: { B: "Bw==" } } },
        ],
      }),
    ),
    put("in conflict", failed(`${prefix}TransactionConflictException`, { message: "in the way" })),
    put("refused", failed("com.amazon.coral.service#AccessDeniedException", { Message: "no" })),
    put("with a code nobody knows", failed("Strange:http://internal/", { message: "?" })),
  ];
}

function objectCalls(): Call[] {
  type Name = Extract<keyof typeof s3, `${string}Command`>;
  const object = (
    what: string,
    name: Name,
    input: () => object,
    answer: Answer = {},
    read?: Call["read"],
  ): Call => ({
    what: `${name} ${what}`,
    answer,
    ...(read && { read }),
    sdk: (options) =>
      new sdkS3.S3Client(options).send(
        new (sdkS3[name] as unknown as new (input: object) => never)(input()),
      ),
    light: (options) =>
      new s3.S3Client(options).send(
        new (s3[name] as unknown as new (input: object) => never)(input()),
      ),
  });
  const stored = { headers: { etag: '"etag-1"', "x-amz-version-id": "version-1" } };
  const failure = (statusCode: number, Code: string): Answer => ({
    statusCode,
    headers: { "x-amz-request-id": "request-1", "x-amz-id-2": "id-2" },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${Code}</Code><Message>It &lt;is&gt; so</Message></Error>`,
  });
  const bytes = async (output: unknown) => {
    const { Body, ContentRange } = output as sdkS3.GetObjectCommandOutput;
    return [ContentRange, await Body?.transformToString()];
  };
  const version = (key: string, isLatest: boolean) =>
    `<Version><Key>${key}</Key><VersionId>null</VersionId><IsLatest>${String(isLatest)}</IsLatest></Version>`;
  return [
    object(
      "of text",
      "PutObjectCommand",
      () => ({ Bucket, Key, Body: '{"ü":1}', ContentType: "application/json", IfNoneMatch: "*" }),
      stored,
    ),
    object(
      "of any",
      "PutObjectCommand",
      () => ({ Bucket, Key, Body: Buffer.from([0, 1, 255]), CacheControl: "public, max-age=1" }),
      stored,
    ),
    object(
      "of no bytes",
      "PutObjectCommand",
      () => ({ Bucket, Key, Body: Buffer.alloc(0) }),
      stored,
    ),
    object(
      "of many bytes",
      "PutObjectCommand",
      () => ({ Bucket: "bucket.with.dots", Key, Body: new Uint8Array(3_000_000) }),
      stored,
    ),
    object(
      "of a stream",
      "PutObjectCommand",
      () => ({
        Bucket,
        Key,
        Body: Readable.from([Buffer.alloc(70_000, 1), Buffer.alloc(3, 2)]),
        ContentLength: 70_003,
        ContentType: "image/png",
      }),
      stored,
    ),
    object(
      "that is there",
      "PutObjectCommand",
      () => ({ Bucket, Key, Body: "x", IfNoneMatch: "*" }),
      failure(412, "PreconditionFailed"),
    ),
    object(
      "of any",
      "GetObjectCommand",
      () => ({ Bucket, Key, Range: "bytes=0-3", VersionId: "v/1+=" }),
      { statusCode: 206, headers: { "content-range": "bytes 0-3/9" }, body: "abcd" },
      bytes,
    ),
    object(
      "of the whole",
      "GetObjectCommand",
      () => ({ Bucket, Key, IfMatch: '"etag-1"' }),
      { headers: { "x-amz-checksum-crc32": "7YLNEQ==" }, body: "abcd" },
      bytes,
    ),
    object(
      "that has other bytes than its checksum",
      "GetObjectCommand",
      () => ({ Bucket, Key }),
      { headers: { "x-amz-checksum-crc32": "7YLNEA==" }, body: "abcd" },
      (output) => bytes(output).catch(String),
    ),
    object(
      "that is not there",
      "GetObjectCommand",
      () => ({ Bucket, Key }),
      failure(404, "NoSuchKey"),
      () => undefined,
    ),
    object(
      "that may not be read",
      "GetObjectCommand",
      () => ({ Bucket, Key }),
      failure(403, "AccessDenied"),
      () => undefined,
    ),
    object(
      "of a version",
      "DeleteObjectCommand",
      () => ({ Bucket, Key, VersionId: "null" }),
      { statusCode: 204 },
      () => undefined,
    ),
    object(
      "of a version",
      "CopyObjectCommand",
      () => ({
        Bucket,
        Key,
        CopySource: `${Bucket}/uploads/1?versionId=v%2F1`,
        MetadataDirective: "REPLACE",
        TaggingDirective: "REPLACE",
        ContentType: "image/png",
      }),
      {
        headers: { "x-amz-version-id": "version-2" },
        body: "<CopyObjectResult><LastModified>2026-01-02T03:04:05Z</LastModified><ETag>&quot;etag-1&quot;</ETag></CopyObjectResult>",
      },
      (output) => {
        const { CopyObjectResult, VersionId } = output as sdkS3.CopyObjectCommandOutput;
        return [CopyObjectResult?.ETag, VersionId];
      },
    ),
    object(
      "with a further page",
      "ListObjectVersionsCommand",
      () => ({ Bucket, Prefix: "images/a&b/", KeyMarker: "k +", VersionIdMarker: "v" }),
      {
        body:
          "<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a&amp;b</NextKeyMarker>" +
          `<NextVersionIdMarker>v2</NextVersionIdMarker>${version("one", true)}${version("two &lt;", false)}` +
          "<DeleteMarker><Key>three</Key><VersionId>v3</VersionId><IsLatest>true</IsLatest></DeleteMarker></ListVersionsResult>",
      },
      (output) => {
        const page = output as sdkS3.ListObjectVersionsCommandOutput;
        const picked = [page.Versions ?? [], page.DeleteMarkers ?? []].map((versions) =>
          versions.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
        );
        return [picked, page.IsTruncated, page.NextKeyMarker, page.NextVersionIdMarker];
      },
    ),
    object(
      "of some",
      "DeleteObjectsCommand",
      () => ({
        Bucket,
        Delete: {
          Objects: [{ Key: "a&<b>\"'\r\n", VersionId: "v1" }, { Key: "c" }],
          Quiet: true,
        },
      }),
      {
        body: "<DeleteResult><Error><Key>c</Key><VersionId>v</VersionId><Code>SlowDown</Code><Message>m</Message></Error></DeleteResult>",
      },
      (output) => (output as sdkS3.DeleteObjectsCommandOutput).Errors,
    ),
  ];
}

function otherCalls(): Call[] {
  const parameter = { Name: "/any/name", WithDecryption: true };
  const invalidation = {
    DistributionId: "DISTRIBUTION1",
    InvalidationBatch: {
      CallerReference: "reference-1",
      Paths: { Quantity: 2, Items: ["/i/a&b/*", "/i/ü/*"] },
    },
  };
  const value = {
    Parameter: { Name: "/any/name", Type: "SecureString", Value: "secret", Version: 1 },
  };
  const events = {
    Entries: [
      {
        EventBusName: "own",
        Source: "darkroom",
        DetailType: "ImageReady",
        Detail: '{"name":"ü"}',
        Time: new Date("2026-01-31T12:00:00Z"),
        Resources: ["arn:aws:dynamodb:us-east-1:123456789012:table/images"],
      },
    ],
  };
  const put = {
    FailedEntryCount: 1,
    Entries: [{ EventId: "1" }, { ErrorCode: "InternalFailure" }],
  };
  return [
    ...[
      { what: "PutEventsCommand", answer: { body: JSON.stringify(put) } },
      {
        what: "PutEventsCommand that is refused",
        answer: { statusCode: 400, body: '{"__type":"AccessDeniedException","message":"no"}' },
      },
    ].map((call) => ({
      ...call,
      sdk: (options: Options) =>
        new sdkEventBridge.EventBridgeClient(options).send(
          new sdkEventBridge.PutEventsCommand(events),
        ),
      light: (options: Options) =>
        new eventBridge.EventBridgeClient(options).send(new eventBridge.PutEventsCommand(events)),
    })),
    {
      what: "GetParameterCommand of any",
      answer: { body: JSON.stringify(value) },
      sdk: (options) =>
        new sdkSsm.SSMClient(options).send(new sdkSsm.GetParameterCommand(parameter)),
      light: (options) => new ssm.SSMClient(options).send(new ssm.GetParameterCommand(parameter)),
    },
    {
      what: "GetParameterCommand that is refused",
      answer: { statusCode: 400, body: '{"__type":"AccessDeniedException","Message":"no"}' },
      sdk: (options) =>
        new sdkSsm.SSMClient(options).send(new sdkSsm.GetParameterCommand(parameter)),
      light: (options) => new ssm.SSMClient(options).send(new ssm.GetParameterCommand(parameter)),
    },
    ...["", "TooManyInvalidationsInProgress"].map((code) => ({
      what: `CreateInvalidationCommand ${code || "anywhere"}`,
      answer:
        code === ""
          ? { statusCode: 201, body: "<Invalidation><Id>I1</Id></Invalidation>" }
          : {
              statusCode: 400,
              body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>later</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
            },
      sdk: (options: Options) =>
        new sdkCloudFront.CloudFrontClient(options).send(
          new sdkCloudFront.CreateInvalidationCommand(invalidation),
        ),
      light: (options: Options) =>
        new cloudFront.CloudFrontClient(options).send(
          new cloudFront.CreateInvalidationCommand(invalidation),
        ),
      read: () => undefined,
    })),
  ];
}

async function outcomeOf(call: Call["sdk"], answer: Answer): Promise<Outcome> {
  const wire = new Wire(answer);
  try {
    const output = (await call({ maxAttempts: 1, requestHandler: wire.requestHandler })) as object;
    return { sent: wire.sent, output: { ...output, $metadata: undefined } };
  } catch (error) {
    return { sent: wire.sent, error: told(error) };
  }
}

/** What handlers look at of an error. */
function told(error: unknown) {
  const { name, message, $fault, $metadata, Item, CancellationReasons } =
    error as sdkDynamoDb.ConditionalCheckFailedException & sdkDynamoDb.TransactionCanceledException;
  const { httpStatusCode, requestId } = $metadata;
  return { name, message, $fault, httpStatusCode, requestId, Item, CancellationReasons };
}

/** Whom a call asks, and what its signature is for. */
async function scopeOf(call: Call["sdk"], answer: Answer = {}) {
  const wire = new Wire(answer);
  await call({ maxAttempts: 1, requestHandler: wire.requestHandler });
  const [request] = wire.requests;
  return {
    host: [request?.protocol, request?.hostname, request?.headers.host],
    scope: /Credential=([^,]+)/.exec(request?.headers.authorization ?? "")?.[1],
  };
}

function partsOf(url: string) {
  const { origin, pathname, searchParams } = new URL(url);
  return { origin, pathname, query: Object.fromEntries([...searchParams].sort()) };
}
