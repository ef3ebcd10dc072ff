import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import {
  ChangeMessageVisibilityBatchCommand,
  type ChangeMessageVisibilityBatchRequestEntry,
  ChangeMessageVisibilityCommand,
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type Message,
  type SendMessageCommandInput,
  type SQSClient,
  type SQSServiceException,
} from "@aws-sdk/client-sqs";
import { Queue } from "../../../aws/sqs/queue";
import { settingsOf } from "../../../aws/sqs/queue-definition";
import { account, LocalSqs } from "./support/local-sqs";

const arn = "arn:aws:sqs:eu-west-1:123456789012:jobs";

describe("Sqs", () => {
  let local: LocalSqs;
  let client: SQSClient;
  let QueueUrl: string;

  beforeEach(async () => {
    local = await LocalSqs.start();
    QueueUrl = local.sqs.createQueue({ name: "jobs" }).url;
    client = local.client();
  });

  afterEach(() => local.stop());

  const send = (MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

  async function receive(more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...more }));
    return Messages;
  }

  async function receiveOne(more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message> {
    const [message] = await receive(more);
    assert.ok(message);
    return message;
  }

  const remove = (ReceiptHandle: string | undefined) =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

  const changeVisibility = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

  async function attributes(...AttributeNames: QueueAttributeName[]) {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
    );
    return Attributes;
  }

  describe("messages", () => {
    it("are received as they were sent, with digests that SDKs verify", async () => {
      const body = 'Grüße 📷\n{"n": 1}';
      const sent = await send(body);
      assert.equal(sent.MD5OfMessageBody, createHash("md5").update(body).digest("hex"));
      const message = await receiveOne();
      assert.equal(message.Body, body);
      assert.equal(message.MessageId, sent.MessageId);
      assert.equal(message.MD5OfBody, sent.MD5OfMessageBody);
    });

    it("tell who sent them, and nothing of what they do not have", async () => {
      await send("x");
      const names = ["SenderId", "AWSTraceHeader", "MessageGroupId"] as const;
      const message = await receiveOne({ MessageSystemAttributeNames: [...names] });
      assert.deepEqual(message.Attributes, { SenderId: account.accountId });
    });

    it("bring the header of X-Ray that they were sent with, which no other attribute may do", async () => {
      const trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
      const header = { DataType: "String", StringValue: trace };
      const sent = await send("x", { MessageSystemAttributes: { AWSTraceHeader: header } });
      // Digested as attributes of the sender's own are.
      const parts = ["AWSTraceHeader", "String", trace].map((part) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(part.length);
        return Buffer.concat([length, Buffer.from(part)]);
      });
      const [name, type, value] = parts as [Buffer, Buffer, Buffer];
      const digest = createHash("md5").update(Buffer.concat([name, type, Buffer.of(1), value]));
      assert.equal(sent.MD5OfMessageSystemAttributes, digest.digest("hex"));
      assert.equal(sent.MD5OfMessageAttributes, undefined);
      const { Attributes } = await receiveOne({ MessageSystemAttributeNames: ["AWSTraceHeader"] });
      assert.deepEqual(Attributes, { AWSTraceHeader: trace });
      const refused = { Code: "InvalidParameterValue" };
      const other = { AWSTraceHeader: header, Other: header } as object;
      await assert.rejects(send("x", { MessageSystemAttributes: other }), refused);
      const binary = { DataType: "Binary", BinaryValue: Buffer.from("x") };
      const wrong = send("x", { MessageSystemAttributes: { AWSTraceHeader: binary } });
      await assert.rejects(wrong, refused);
    });

    it("bring the header of X-Ray of the request that sent them, unless they have their own", async () => {
      const trace = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";
      client.middlewareStack.add(
        (next) => (args) => {
          Object.assign((args.request as { headers: object }).headers, {
            "x-amzn-trace-id": trace,
          });
          return next(args);
        },
        { step: "build" },
      );
      const own = { AWSTraceHeader: { DataType: "String", StringValue: "Root=1-own" } };
      const sent = await send("x");
      assert.equal(sent.MD5OfMessageSystemAttributes, undefined);
      await send("y", { MessageSystemAttributes: own });
      const Entries = [{ Id: "a", MessageBody: "z" }];
      await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      const messages = await receive({
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ["AWSTraceHeader"],
      });
      assert.deepEqual(
        messages.map(({ Body, Attributes }) => [Body, Attributes?.AWSTraceHeader]),
        [
          ["x", trace],
          ["y", "Root=1-own"],
          ["z", trace],
        ],
      );
    });

    it("tell whose they are, by the group that a sender names", async () => {
      await send("x", { MessageGroupId: "tenant-1" });
      const { Attributes } = await receiveOne({ MessageSystemAttributeNames: ["MessageGroupId"] });
      assert.deepEqual(Attributes, { MessageGroupId: "tenant-1" });
      for (const MessageGroupId of ["", "a b", "g".repeat(129)]) {
        await assert.rejects(send("x", { MessageGroupId }), { Code: "InvalidParameterValue" });
      }
      await assert.rejects(send("x", { MessageDeduplicationId: "once" }), {
        Code: "InvalidParameterValue",
        message: /not valid for this queue type/,
      });
    });

    it("are of a queue that is named alone, without a URL", async () => {
      await client.send(new SendMessageCommand({ QueueUrl: "jobs", MessageBody: "x" }));
      assert.equal((await receiveOne()).Body, "x");
      await assert.rejects(
        client.send(new SendMessageCommand({ QueueUrl: "other", MessageBody: "x" })),
        { name: "QueueDoesNotExist", message: "The specified queue does not exist." },
      );
    });

    it("have attributes with letters of any language in their names, and no control characters", async () => {
      const MessageAttributes = { "größe.1": { DataType: "String", StringValue: "ü\n" } };
      await send("x", { MessageAttributes });
      const message = await receiveOne({ MessageAttributeNames: ["*"] });
      assert.deepEqual(message.MessageAttributes, MessageAttributes);
      for (const [name, StringValue] of [
        ["a", "\b"],
        ["a", "\u000b"],
        ["a(", "x"],
        ["§", "x"],
      ] as const) {
        const wrong = { [name]: { DataType: "String", StringValue } };
        await assert.rejects(send("x", { MessageAttributes: wrong }), {
          name: "InvalidParameterValue",
        });
      }
    });

    it("carry attributes, which a receiver asks for by name or prefix", async () => {
      const MessageAttributes = {
        "trace.id": { DataType: "String", StringValue: "1-2" },
        size: { DataType: "Number.int", StringValue: "17" },
        hash: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 3]) },
      };
      const sent = await send("x", { MessageAttributes });
      // The digest of AWS for these attributes: each name, type and value with its length.
      assert.equal(sent.MD5OfMessageAttributes, digestOf(["hash", "size", "trace.id"]));
      const message = await receiveOne({ MessageAttributeNames: ["trace.*", "hash"] });
      const { size, ...others } = MessageAttributes;
      assert.deepEqual(message.MessageAttributes, others);
      assert.equal(message.MD5OfMessageAttributes, digestOf(["hash", "trace.id"]));
      assert.equal(size.StringValue, "17");

      function digestOf(names: (keyof typeof MessageAttributes)[]): string {
        const hash = createHash("md5");
        for (const name of names) {
          const attribute = MessageAttributes[name];
          const isText = "StringValue" in attribute;
          const value = isText ? Buffer.from(attribute.StringValue) : attribute.BinaryValue;
          for (const part of [Buffer.from(name), Buffer.from(attribute.DataType), value]) {
            if (part === value) {
              hash.update(Buffer.from([isText ? 1 : 2]));
            }
            hash.update(Buffer.from([0, 0, 0, part.length])).update(part);
          }
        }
        return hash.digest("hex");
      }
    });

    it("tell when they were sent and received, and how often", async () => {
      await send("x");
      await receiveOne({ VisibilityTimeout: 0 });
      const { Attributes = {} } = await receiveOne({ MessageSystemAttributeNames: ["All"] });
      assert.equal(Attributes.ApproximateReceiveCount, "2");
      assert.ok(Math.abs(Number(Attributes.SentTimestamp) - Date.now()) < 60_000);
      assert.ok(
        Number(Attributes.ApproximateFirstReceiveTimestamp) >= Number(Attributes.SentTimestamp),
      );
    });

    it("may be 1 MiB long with their attributes, and no longer", async () => {
      const MessageAttributes = { name: { DataType: "String", StringValue: "value" } };
      const most = 1_048_576 - "nameStringvalue".length;
      await send("x".repeat(most), { MessageAttributes });
      await assert.rejects(send("x".repeat(most + 1), { MessageAttributes }), {
        Code: "InvalidParameterValue",
        message:
          "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.",
      });
      QueueUrl = local.sqs.createQueue({ name: "small", maximumMessageBytes: 1024 }).url;
      await assert.rejects(send("x".repeat(1025)), /shorter than 1024 bytes/);
    });

    it("are refused when they are empty, or have characters that XML has not", async () => {
      await assert.rejects(send(""), { Code: "MissingParameter" });
      await assert.rejects(send("\u0000"), { name: "InvalidMessageContents" });
      await assert.rejects(send("x", { DelaySeconds: 901 }), { Code: "InvalidParameterValue" });
      await assert.rejects(
        send("x", { MessageAttributes: { "AWS.x": { DataType: "String", StringValue: "x" } } }),
        { Code: "InvalidParameterValue" },
      );
    });

    it("wait for their delay, and expire after the retention period", async () => {
      QueueUrl = local.sqs.createQueue({ name: "slow", retentionSeconds: 60 }).url;
      await send("x", { DelaySeconds: 10 });
      assert.deepEqual(await receive(), []);
      assert.equal((await attributes("All"))?.ApproximateNumberOfMessagesDelayed, "1");
      local.aheadMs = 10_000;
      await receiveOne({ VisibilityTimeout: 0 });
      local.aheadMs = 61_000;
      assert.deepEqual(await receive(), []);
    });

    it("are sent in batches, of which one entry may fail alone", async () => {
      const { Successful = [], Failed = [] } = await client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "a", MessageBody: "one" },
            { Id: "b", MessageBody: "\u0001" },
            { Id: "c", MessageBody: "three", DelaySeconds: 901 },
            { Id: "d", MessageBody: "four", DelaySeconds: 900 },
          ],
        }),
      );
      assert.deepEqual(
        Successful.map(({ Id }) => Id),
        ["a", "d"],
      );
      assert.deepEqual(Failed, [
        {
          Id: "b",
          SenderFault: true,
          Code: "InvalidMessageContents",
          Message: "The message contains characters outside the allowed set.",
        },
        {
          Id: "c",
          SenderFault: true,
          Code: "InvalidParameterValue",
          Message:
            "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
        },
      ]);
      assert.equal((await receiveOne()).Body, "one");
    });

    it("are refused in batches that SQS refuses", async () => {
      const batch = (...Ids: string[]) =>
        client.send(
          new SendMessageBatchCommand({
            QueueUrl,
            Entries: Ids.map((Id) => ({ Id, MessageBody: "x".repeat(600_000) })),
          }),
        );
      await assert.rejects(batch(), { name: "EmptyBatchRequest" });
      await assert.rejects(batch("a", "a"), { name: "BatchEntryIdsNotDistinct" });
      await assert.rejects(batch("a b"), { name: "InvalidBatchEntryId" });
      await assert.rejects(batch("a", "b"), { name: "BatchRequestTooLong" });
      await assert.rejects(
        client.send(
          new DeleteMessageBatchCommand({
            QueueUrl,
            Entries: Array.from({ length: 11 }, (_, n) => ({ Id: String(n), ReceiptHandle: "" })),
          }),
        ),
        { name: "TooManyEntriesInBatchRequest" },
      );
    });
  });

  describe("a received message", () => {
    it("is hidden from others until its visibility timeout ends", async () => {
      await send("x");
      await receiveOne();
      assert.deepEqual(await receive(), []);
      local.aheadMs = 30_000;
      await receiveOne();
    });

    it("is gone once it is deleted, and deleting it again is no error", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne();
      await remove(ReceiptHandle);
      await remove(ReceiptHandle);
      local.aheadMs = 30_000;
      assert.deepEqual(await receive(), []);
    });

    it("is not deleted by a receipt that is not the latest", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne({ VisibilityTimeout: 0 });
      await receiveOne({ VisibilityTimeout: 0 });
      await remove(ReceiptHandle);
      await receiveOne();
    });

    it("is refused by a handle of another queue, or by none", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne();
      QueueUrl = local.sqs.createQueue({ name: "other" }).url;
      await assert.rejects(remove(ReceiptHandle), { name: "ReceiptHandleIsInvalid" });
      await assert.rejects(remove("x"), {
        name: "ReceiptHandleIsInvalid",
        message: 'The input receipt handle "x" is not a valid receipt handle.',
      });
      const { Failed = [] } = await client.send(
        new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: "a", ReceiptHandle: "x" }] }),
      );
      assert.equal(Failed[0]?.Code, "ReceiptHandleIsInvalid");
    });

    it("can be made visible at once, or hidden for longer, up to 12 hours in all", async () => {
      await send("x");
      const first = await receiveOne();
      await changeVisibility(first.ReceiptHandle, 10);
      assert.deepEqual(await receive(), []);
      await changeVisibility(first.ReceiptHandle, 0);
      const { ReceiptHandle } = await receiveOne();
      await changeVisibility(ReceiptHandle, 100);
      local.aheadMs = 99_000;
      assert.deepEqual(await receive(), []);
      await assert.rejects(changeVisibility(ReceiptHandle, 43_200), /beyond the limit/);
      await remove(ReceiptHandle);
      await assert.rejects(
        changeVisibility(ReceiptHandle, 1),
        /does not exist or is not available/,
      );
    });

    it("is hidden in a batch, of which one entry may fail alone", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne({ VisibilityTimeout: 43_200 });
      const change = (...Entries: ChangeMessageVisibilityBatchRequestEntry[]) =>
        client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
      const { Successful, Failed = [] } = await change(
        { Id: "a", ReceiptHandle, VisibilityTimeout: 0 },
        { Id: "b", ReceiptHandle: "none", VisibilityTimeout: 0 },
        { Id: "c", ReceiptHandle, VisibilityTimeout: 43_201 },
      );
      assert.deepEqual(Successful, [{ Id: "a" }]);
      assert.deepEqual(
        Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
        [
          ["b", "ReceiptHandleIsInvalid", true],
          ["c", "InvalidParameterValue", true],
        ],
      );
      assert.equal((await receiveOne()).Body, "x");
      await assert.rejects(change(), { name: "EmptyBatchRequest" });
    });

    it("can be hidden when it is visible again, and by a receipt that is not the latest", async () => {
      await send("x");
      const first = await receiveOne({ VisibilityTimeout: 1 });
      local.aheadMs = 2000;
      await changeVisibility(first.ReceiptHandle, 10);
      assert.deepEqual(await receive(), []);
      local.aheadMs = 13_000;
      await receiveOne();
      await changeVisibility(first.ReceiptHandle, 0);
      await receiveOne();
    });

    it("goes to the dead-letter queue when it was received too often", async () => {
      const failures = local.sqs.createQueue({ name: "failures" });
      QueueUrl = local.sqs.createQueue({
        name: "fragile",
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: failures.arn, maxReceiveCount: 1 }),
      }).url;
      const { MessageId } = await send("x");
      await receiveOne({ VisibilityTimeout: 0 });
      assert.deepEqual(await receive(), []);
      QueueUrl = failures.url;
      const moved = await receiveOne({ MessageSystemAttributeNames: ["DeadLetterQueueSourceArn"] });
      assert.equal(moved.MessageId, MessageId);
      assert.deepEqual(moved.Attributes, {
        DeadLetterQueueSourceArn: "arn:aws:sqs:eu-west-1:123456789012:fragile",
      });
    });
  });

  describe("a long poll", () => {
    it("answers as soon as a message arrives", async () => {
      const polled = receiveOne({ WaitTimeSeconds: 20 });
      await send("x");
      assert.equal((await polled).Body, "x");
    });

    it("answers when a message becomes visible again", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne();
      const polled = receiveOne({ WaitTimeSeconds: 20 });
      await changeVisibility(ReceiptHandle, 0);
      await polled;
    });

    it("takes no message for a receiver that has gone", async () => {
      const queue = new Queue({
        arn,
        settings: settingsOf({ name: "jobs" }),
        folder: join(local.dataDir, "queue"),
        clock: () => new Date(),
        metrics: { put: () => undefined },
        deadLetterQueue: () => undefined,
      });
      const gone = new AbortController();
      const polled = queue.receive({ maxMessages: 1, waitSeconds: 20 }, gone.signal);
      gone.abort();
      queue.send({ body: "x", attributes: {} });
      assert.deepEqual(await polled, []);
      assert.equal(queue.depth().visible, 1);
    });

    it("ends when the service stops, which frees its port", async () => {
      const polled = receive({ WaitTimeSeconds: 20 });
      await attributes("QueueArn");
      await Promise.all([assert.rejects(polled), local.sqs.stop()]);
    });
  });

  describe("queues", () => {
    it("are found by name, and by the URL of AWS", async () => {
      const found = await client.send(new GetQueueUrlCommand({ QueueName: "jobs" }));
      assert.equal(found.QueueUrl, QueueUrl);
      QueueUrl = "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs";
      await send("x");
      QueueUrl = "https://sqs.eu-west-1.amazonaws.com/999999999999/jobs";
      await assert.rejects(send("x"), {
        name: "QueueDoesNotExist",
        Code: "AWS.SimpleQueueService.NonExistentQueue",
      });
      const urlOf = (QueueName: string, QueueOwnerAWSAccountId?: string) =>
        client.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
      assert.equal((await urlOf("jobs", account.accountId)).QueueUrl, found.QueueUrl);
      for (const unknown of [urlOf("none"), urlOf("jobs", "999999999999")]) {
        await assert.rejects(unknown, { name: "QueueDoesNotExist" });
      }
    });

    it("tell their attributes", async () => {
      await send("x");
      await send("y");
      await receiveOne();
      const { CreatedTimestamp, LastModifiedTimestamp, ...others } =
        (await attributes("All")) ?? {};
      assert.ok(Number(CreatedTimestamp) <= Number(LastModifiedTimestamp));
      assert.deepEqual(others, {
        ApproximateNumberOfMessages: "1",
        ApproximateNumberOfMessagesDelayed: "0",
        ApproximateNumberOfMessagesNotVisible: "1",
        DelaySeconds: "0",
        MaximumMessageSize: "1048576",
        MessageRetentionPeriod: "345600",
        QueueArn: arn,
        ReceiveMessageWaitTimeSeconds: "0",
        SqsManagedSseEnabled: "true",
        VisibilityTimeout: "30",
      });
      // Those of other queues are known, and are none of this one.
      assert.deepEqual(await attributes("KmsMasterKeyId", "FifoQueue", "DelaySeconds"), {
        DelaySeconds: "0",
      });
      await assert.rejects(attributes("FifoQueueX" as QueueAttributeName), {
        name: "InvalidAttributeName",
      });
    });

    it("are purged, once a minute", async () => {
      await send("x");
      await client.send(new PurgeQueueCommand({ QueueUrl }));
      assert.deepEqual(await receive(), []);
      await assert.rejects(client.send(new PurgeQueueCommand({ QueueUrl })), {
        name: "PurgeQueueInProgress",
      });
    });

    it("are refused as SQS refuses them", () => {
      const refuses = (definition: object, expected: object) => {
        assert.throws(() => local.sqs.createQueue({ name: "new", ...definition }), expected);
      };
      refuses({ name: "jobs" }, { code: "QueueNameExists" });
      refuses({ name: "a b" }, { code: "InvalidParameterValueException" });
      refuses({ name: "jobs.fifo" }, { code: "NotImplemented", message: /FIFO queues/ });
      refuses({ maximumMessageBytes: 1_048_577 }, { code: "InvalidAttributeValue" });
      refuses({ retentionSeconds: 59 }, { message: /MessageRetentionPeriod/ });
    });

    it("are refused with other redrive policies than SQS takes", async () => {
      const deadLetterTargetArn = `${arn}-none`;
      for (const [policy, reason] of [
        ["", "Redrive policy is not a valid JSON map."],
        ["[]", "Redrive policy is not a valid JSON map."],
        ["{}", "Redrive policy does not contain mandatory attribute: maxReceiveCount."],
        [
          { maxReceiveCount: "42" },
          "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.",
        ],
        [
          { deadLetterTargetArn, maxReceiveCount: "invalid" },
          "Invalid value for maxReceiveCount: invalid, valid values are from 1 to 1000 both inclusive.",
        ],
        [
          { deadLetterTargetArn, maxReceiveCount: 1001 },
          "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.",
        ],
        [{ deadLetterTargetArn, maxReceiveCount: 5 }, "Dead letter target does not exist."],
      ] as const) {
        const RedrivePolicy = typeof policy === "string" ? policy : JSON.stringify(policy);
        await assert.rejects(
          client.send(new CreateQueueCommand({ QueueName: "new", Attributes: { RedrivePolicy } })),
          {
            name: "InvalidParameterValue",
            message: `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
          },
        );
      }
    });

    it("publish their depth at each change, and what was sent", async () => {
      await send("x");
      const { ReceiptHandle } = await receiveOne();
      await changeVisibility(ReceiptHandle, 0);
      await remove(ReceiptHandle);
      assert.deepEqual(local.valuesOf("ApproximateNumberOfMessagesVisible"), [1, 0, 1, 0]);
      assert.deepEqual(local.valuesOf("NumberOfMessagesSent"), [1]);
      assert.equal(local.metrics[0]?.namespace, "AWS/SQS");
      assert.deepEqual(local.metrics[0].dimensions, { QueueName: "jobs" });
    });
  });

  describe("data", () => {
    it("is there after a restart, receipts and all", async () => {
      await send("x");
      await send("y");
      const { ReceiptHandle } = await receiveOne();
      const before = QueueUrl;
      await local.restart();
      QueueUrl = local.sqs.createQueue({ name: "jobs" }).url;
      client = local.client();
      await remove(ReceiptHandle);
      local.aheadMs = 30_000;
      const left = await receive({ MaxNumberOfMessages: 10 });
      assert.deepEqual(
        left.map(({ Body }) => Body),
        ["y"],
      );
      assert.equal(QueueUrl, before);
    });

    it("has every message whose sending was answered before a kill", async () => {
      const program = join(__dirname, "support/send-until-killed.ts");
      const writer = spawn(process.execPath, ["--import", "tsx", program, local.dataDir], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let sent = 0;
      for await (const chunk of writer.stdout as AsyncIterable<Buffer>) {
        sent += chunk.toString().split("\n").length - 1;
        if (sent >= 20) {
          writer.kill("SIGKILL");
        }
      }
      await once(writer, "close");
      await local.restart();
      QueueUrl = local.sqs.createQueue({ name: "jobs" }).url;
      client = local.client();
      const count = Number((await attributes("All"))?.ApproximateNumberOfMessages);
      assert.ok(sent >= 20 && count >= sent);
    });
  });

  describe("access", () => {
    it("needs a signature", async () => {
      const { status } = await fetch(local.sqs.url, {
        method: "POST",
        headers: { "x-amz-target": "AmazonSQS.SendMessage" },
        body: JSON.stringify({ QueueUrl, MessageBody: "x" }),
      });
      assert.equal(status, 403);
      client = local.client({ ...local.iam.administrator, secretAccessKey: "wrong" });
      await assert.rejects(send("x"), /signature/);
    });

    it("is granted by a role's policy, action by action", async () => {
      client = local.client(local.role("sqs:SendMessage"));
      await send("x");
      await assert.rejects(receive(), {
        Code: "AccessDenied",
        message: `User: arn:aws:sts::123456789012:assumed-role/worker/worker is not authorized to perform: sqs:receivemessage on resource: ${arn} because no identity-based policy allows the sqs:receivemessage action`,
      });
      assert.match(local.notices.join(), /Refused: worker by worker: sqs:ReceiveMessage on arn/);
    });

    it("is granted or denied by the queue's policy", async () => {
      const role = local.role();
      client = local.client(role);
      const allow = { Effect: "Allow", Principal: { AWS: role.arn }, Resource: arn };
      local.sqs.setQueuePolicy(
        QueueUrl,
        JSON.stringify({
          Statement: [
            { ...allow, Action: "sqs:*" },
            {
              Effect: "Deny",
              Principal: "*",
              Action: "sqs:*",
              Resource: arn,
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            { Effect: "Deny", Principal: "*", Action: "sqs:PurgeQueue", Resource: arn },
          ],
        }),
      );
      await send("x");
      assert.match((await attributes("Policy"))?.Policy ?? "", /sqs:PurgeQueue/);
      await assert.rejects(client.send(new PurgeQueueCommand({ QueueUrl })), /explicit deny/);
    });

    const statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const set = (change: object) => {
      local.sqs.setQueuePolicy(QueueUrl, {
        Version: "2012-10-17",
        Statement: { ...statement, ...change },
      });
    };

    for (const [change, reason] of [
      [{ Action: ["sqs:SendMessage", "sns:Publish"] }, "action out of service scope: sns:Publish"],
      [{ Resource: "arn:aws:s3:::images" }, "resource is not a queue: arn:aws:s3:::images"],
      [{ Resource: ["*", "arn:aws:sns:*:*:t"] }, "resource is not a queue: arn:aws:sns:*:*:t"],
    ] as const) {
      it(`is not changed by a policy of another service: ${reason}`, () => {
        assert.throws(
          () => {
            set(change);
          },
          {
            code: "InvalidAttributeValue",
            message: `Invalid value for the parameter Policy. Reason: Policy statement ${reason}`,
          },
        );
      });
    }

    it("takes any queue, and all, for the resource of a policy", () => {
      for (const Resource of ["*", "arn:aws:sqs:*:*:*", "arn:aws:*:*:*:jobs", arn]) {
        set({ Resource });
      }
    });

    it("is not changed by a policy that IAM refuses", () => {
      assert.throws(
        () => {
          local.sqs.setQueuePolicy(QueueUrl, "{");
        },
        { code: "InvalidAttributeValue", message: "Invalid value for the parameter Policy." },
      );
    });
  });

  it("refuses operations and parameters that it does not have", async () => {
    const isRefused = (error: SQSServiceException) =>
      error.name === "NotImplemented" &&
      error.$metadata.httpStatusCode === 501 &&
      error.message === "The local cloud does not emulate AddPermission of SQS.";
    const add = { QueueUrl, Label: "l", AWSAccountIds: ["1"], Actions: ["SendMessage"] };
    await assert.rejects(client.send(new AddPermissionCommand(add)), isRefused);
    await assert.rejects(
      receive({ ReceiveRequestAttemptId: "a" }),
      /does not emulate.*ReceiveRequestAttemptId/,
    );
    await assert.rejects(receive({ MaxNumberOfMessages: 11 }), {
      Code: "InvalidParameterValue",
      message:
        "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
    });
  });

  it("refuses values in the words of SQS", async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 });
    await assert.rejects(client.send(receive), {
      message:
        "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.",
    });
    const message = { QueueUrl, MessageBody: "one" };
    await assert.rejects(client.send(new SendMessageCommand({ ...message, DelaySeconds: -1 })), {
      message:
        "Value -1 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    });
    const MessageAttributes = { a: { DataType: "String", StringValue: "" } };
    await assert.rejects(client.send(new SendMessageCommand({ ...message, MessageAttributes })), {
      message: "Message (user) attribute 'a' must contain a non-empty value of type 'String'.",
    });
  });

  it("listens on the loopback address only", () => {
    assert.equal(new URL(local.sqs.url).hostname, "127.0.0.1");
    assert.equal(QueueUrl, `${local.sqs.url}/${account.accountId}/jobs`);
  });
});
