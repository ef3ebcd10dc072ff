import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DynamoDBClient,
  GetItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GenerateMacCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { FaultInjector, FaultKind } from "../../aws/types";
import { startCloud } from "../../cloud";
import type { RunningCloud } from "../../cloud";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const Bucket = "faulty-bucket";
const TableName = "counters";
const Key = { id: { S: "one" } };
const keyId = "11111111-2222-4333-8444-555555555555";

/** Hits the next calls of one operation, one after the other. */
class PlannedFaults implements FaultInjector {
  target = "";
  kinds: FaultKind[] = [];

  decide(service: string, operation: string) {
    const kind = `${service}:${operation}` === this.target ? this.kinds.shift() : undefined;
    return kind && { kind, moment: 0 };
  }
}

/** An error of a service, as SDKs throw it. */
interface Failure extends Error {
  $metadata: { httpStatusCode?: number };
}

/** A call of a service, and a look at what has come of it. */
interface Subject {
  target: string;
  call: (maxAttempts: number) => Promise<unknown>;
  /** How often the call was carried out so far; absent if it leaves nothing behind. */
  effects?: () => Promise<number>;
  error: { name: string; status: number };
  throttle: { name: string; status: number };
}

describe("faultPoint", () => {
  let dataDir: string;
  let cloud: RunningCloud;
  let faults: PlannedFaults;
  const lines: string[] = [];
  const clients: { destroy(): void }[] = [];

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "faults-"));
    faults = new PlannedFaults();
    const notify = (line: string) => lines.push(line);
    cloud = await startCloud({ port: 0, dataDir, account, notify, faults });
    const { s3, dynamodb, kms, sns, sqs } = cloud.services;
    s3.createBucket(Bucket);
    s3.configureBucket(Bucket, { versioning: "Enabled" });
    await dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    kms.createKey({ keyId, keyUsage: "GENERATE_VERIFY_MAC", keySpec: "HMAC_256" });
    sqs.createQueue({ name: "failures" });
    const { arn: topicArn } = sns.createTopic({ name: "alerts" });
    await sns.subscribe({ topicArn, protocol: "email", endpoint: "ops@example.com" });
  });

  beforeEach(() => {
    faults.kinds = [];
    lines.length = 0;
  });

  afterEach(() => {
    for (const client of clients.splice(0)) {
      client.destroy();
    }
  });

  after(async () => {
    await cloud.stop();
    await rm(dataDir, { recursive: true });
  });

  function made<Client extends { destroy(): void }>(client: Client): Client {
    clients.push(client);
    return client;
  }

  function config(service: "s3" | "dynamodb" | "kms" | "sns" | "sqs", maxAttempts: number) {
    const { region } = account;
    const endpoint = cloud.services[service].url;
    return { region, endpoint, credentials: cloud.iam.administrator, maxAttempts };
  }

  const s3 = (maxAttempts = 1) =>
    made(new S3Client({ ...config("s3", maxAttempts), forcePathStyle: true }));
  const dynamodb = (maxAttempts = 1) => made(new DynamoDBClient(config("dynamodb", maxAttempts)));

  const sqs = (maxAttempts = 1) => made(new SQSClient(config("sqs", maxAttempts)));
  const queueUrl = () => cloud.services.sqs.queueUrl("failures");

  const subjects: Subject[] = [
    {
      target: "s3:PutObject",
      call: (maxAttempts) =>
        s3(maxAttempts).send(new PutObjectCommand({ Bucket, Key: "a", Body: "text" })),
      effects: async () => {
        const { Versions = [] } = await s3().send(new ListObjectVersionsCommand({ Bucket }));
        return Versions.length;
      },
      error: { name: "InternalError", status: 500 },
      throttle: { name: "SlowDown", status: 503 },
    },
    {
      target: "dynamodb:UpdateItem",
      call: (maxAttempts) =>
        dynamodb(maxAttempts).send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: "ADD calls :one",
            ExpressionAttributeValues: { ":one": { N: "1" } },
          }),
        ),
      effects: async () => {
        const { Item } = await dynamodb().send(new GetItemCommand({ TableName, Key }));
        return Number(Item?.calls?.N ?? 0);
      },
      error: { name: "InternalServerError", status: 500 },
      throttle: { name: "ProvisionedThroughputExceededException", status: 400 },
    },
    {
      target: "kms:GenerateMac",
      call: (maxAttempts) =>
        made(new KMSClient(config("kms", maxAttempts))).send(
          new GenerateMacCommand({
            KeyId: keyId,
            MacAlgorithm: "HMAC_SHA_256",
            Message: Buffer.from("text"),
          }),
        ),
      error: { name: "KMSInternalException", status: 500 },
      throttle: { name: "ThrottlingException", status: 400 },
    },
    {
      target: "sqs:SendMessage",
      call: (maxAttempts) =>
        sqs(maxAttempts).send(
          new SendMessageCommand({ QueueUrl: queueUrl(), MessageBody: "text" }),
        ),
      effects: async () => {
        const { Attributes } = await sqs().send(
          new GetQueueAttributesCommand({
            QueueUrl: queueUrl(),
            AttributeNames: ["ApproximateNumberOfMessages"],
          }),
        );
        return Number(Attributes?.ApproximateNumberOfMessages);
      },
      error: { name: "InternalFailure", status: 500 },
      throttle: { name: "RequestThrottled", status: 400 },
    },
    {
      target: "sns:Publish",
      call: (maxAttempts) =>
        made(new SNSClient(config("sns", maxAttempts))).send(
          new PublishCommand({
            TopicArn: "arn:aws:sns:us-east-1:123456789012:alerts",
            Message: "text",
          }),
        ),
      effects: async () => (await readdir(join(dataDir, "inbox"))).length,
      error: { name: "InternalErrorException", status: 500 },
      throttle: { name: "Throttling", status: 400 },
    },
  ];

  for (const { target, call, effects, ...failures } of subjects) {
    describe(`of ${target}`, () => {
      let effectsBefore: number | undefined;

      beforeEach(async () => {
        faults.target = target;
        effectsBefore = await effects?.();
      });

      /** Checks how often the call was carried out in this test. */
      async function assertHappened(times: number): Promise<void> {
        if (effects && effectsBefore !== undefined) {
          assert.equal((await effects()) - effectsBefore, times);
        }
      }

      for (const kind of ["error", "throttle"] as const) {
        const { name, status } = failures[kind];

        it(`answers ${name} for ${kind}, and does nothing`, async () => {
          faults.kinds = [kind];
          await assert.rejects(call(1), (error: Failure) => {
            assert.equal(error.name, name);
            assert.equal(error.$metadata.httpStatusCode, status);
            return true;
          });
          await assertHappened(0);
        });
      }

      it("cuts the connection for drop, after the call was carried out", async () => {
        faults.kinds = ["drop"];
        await assert.rejects(call(1), { code: "ECONNRESET" });
        await assertHappened(1);
      });

      it("lets SDKs try again what failed, and repeat what was done when the reply is lost", async () => {
        faults.kinds = ["throttle", "drop"];
        await call(3);
        await assertHappened(2);
      });
    });
  }

  it("says for conflict that another transaction is in the way, of a transaction at one item", async () => {
    faults.kinds = ["conflict", "conflict"];
    faults.target = "dynamodb:UpdateItem";
    const update = { TableName, Key, UpdateExpression: "REMOVE calls" };
    await assert.rejects(dynamodb().send(new UpdateItemCommand(update)), {
      name: "TransactionConflictException",
      message: "Transaction is ongoing for the item",
    });
    faults.target = "dynamodb:TransactWriteItems";
    const other = { ...update, Key: { id: { S: "other" } } };
    const TransactItems = [{ Update: update }, { Update: other }];
    await assert.rejects(dynamodb().send(new TransactWriteItemsCommand({ TransactItems })), {
      name: "TransactionCanceledException",
      message: /\[TransactionConflict, None\]$/,
      CancellationReasons: [
        { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" },
        { Code: "None" },
      ],
    });
    const { Item } = await dynamodb().send(new GetItemCommand({ TableName, Key: other.Key }));
    assert.equal(Item, undefined);
  });

  it("also cuts replies that are streams, and replies to calls that are refused", async () => {
    await s3().send(new PutObjectCommand({ Bucket, Key: "b", Body: "text" }));
    faults.target = "s3:GetObject";
    faults.kinds = ["drop", "drop"];
    for (const Key of ["b", "missing"]) {
      const read = s3().send(new GetObjectCommand({ Bucket, Key }));
      await assert.rejects(read, { code: "ECONNRESET" });
    }
    const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key: "b" }));
    assert.equal(await Body?.transformToString(), "text");
    assert.deepEqual(lines, []);
  });

  it("refuses a call that nobody signed as if there were no faults", async () => {
    faults.target = "sns:Publish";
    faults.kinds = ["error"];
    const call = { method: "POST", body: "Action=Publish" };
    const response = await fetch(cloud.services.sns.url, call);
    assert.equal(response.status, 403);
    assert.deepEqual(faults.kinds, ["error"]);
  });

  it("leaves calls from within the local cloud alone", async () => {
    faults.target = "s3:ListBuckets";
    faults.kinds = ["error"];
    const { status } = await cloud.services.s3.handle({
      principal: { kind: "root", arn: "arn:aws:iam::123456789012:root" },
      method: "GET",
      bucket: "",
      key: "",
      headers: {},
    });
    assert.equal(status, 200);
    assert.deepEqual(faults.kinds, ["error"]);
  });
});
