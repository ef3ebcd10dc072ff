import assert from "node:assert/strict";
import {
  CreateQueueCommand,
  type CreateQueueCommandInput,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { LocalSqs } from "./support/local-sqs";

const arn = "arn:aws:sqs:eu-west-1:123456789012:made";
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: arn,
    },
  ],
});

describe("queues that are made over the API", () => {
  let local: LocalSqs;
  let client: SQSClient;

  beforeEach(async () => {
    local = await LocalSqs.start();
    client = local.client();
  });
  afterEach(() => local.stop());

  const create = async (more: Partial<CreateQueueCommandInput> = {}) => {
    const created = await client.send(new CreateQueueCommand({ QueueName: "made", ...more }));
    return created.QueueUrl ?? assert.fail();
  };
  const change = (QueueUrl: string, Attributes: Record<string, string>) =>
    client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const attributesOf = async (QueueUrl: string) => {
    const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
    return (await client.send(get)).Attributes ?? {};
  };
  const restart = async () => {
    await local.restart();
    client = local.client();
  };

  it("have the attributes and tags that were asked for, and take messages", async () => {
    const Attributes = { VisibilityTimeout: "7", SqsManagedSseEnabled: "false", Policy: policy };
    const QueueUrl = await create({ Attributes, tags: { team: "ours" } });
    const found = await attributesOf(QueueUrl);
    assert.deepEqual(
      [found.QueueArn, found.VisibilityTimeout, found.SqsManagedSseEnabled, found.DelaySeconds],
      [arn, "7", "false", "0"],
    );
    assert.deepEqual(JSON.parse(found.Policy ?? ""), JSON.parse(policy));
    const { Tags } = await client.send(new ListQueueTagsCommand({ QueueUrl }));
    assert.deepEqual(Tags, { team: "ours" });
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    assert.deepEqual(
      Messages.map(({ Body }) => Body),
      ["m"],
    );
  });

  it("are the same when they are asked for again, and no others of their name", async () => {
    const QueueUrl = await create({ Attributes: { DelaySeconds: "3" } });
    assert.equal(await create(), QueueUrl);
    assert.equal(await create({ Attributes: { DelaySeconds: "3" } }), QueueUrl);
    await assert.rejects(create({ Attributes: { DelaySeconds: "4" } }), {
      name: "QueueNameExists",
      message:
        "A queue already exists with the same name and a different value for attribute DelaySeconds",
    });
    assert.equal((await attributesOf(QueueUrl)).DelaySeconds, "3");
  });

  it("are changed, and lose a policy and dead letters that are empty", async () => {
    await create({ QueueName: "dead" });
    const QueueUrl = await create({ Attributes: { Policy: policy } });
    const deadLetterTargetArn = arn.replace("made", "dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    await change(QueueUrl, { RedrivePolicy, DelaySeconds: "1" });
    const changed = await attributesOf(QueueUrl);
    assert.deepEqual([changed.RedrivePolicy, changed.DelaySeconds], [RedrivePolicy, "1"]);
    assert.ok(changed.Policy);
    await change(QueueUrl, { RedrivePolicy: "", Policy: "" });
    const { RedrivePolicy: none, Policy, DelaySeconds } = await attributesOf(QueueUrl);
    assert.deepEqual([none, Policy, DelaySeconds], [undefined, undefined, "1"]);
  });

  it("are changed under those who wait for their messages", async () => {
    const QueueUrl = await create();
    const { CreatedTimestamp } = await attributesOf(QueueUrl);
    local.aheadMs = 5000;
    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
    await change(QueueUrl, { VisibilityTimeout: "60" });
    await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: "ours" } }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "late" }));
    const [message] = (await waiting).Messages ?? [];
    assert.equal(message?.Body, "late");
    const { ReceiptHandle } = message;
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const found = await attributesOf(QueueUrl);
    assert.equal(found.ApproximateNumberOfMessagesNotVisible, "0");
    assert.equal(found.CreatedTimestamp, CreatedTimestamp);
    assert.ok(Number(found.LastModifiedTimestamp) - Number(CreatedTimestamp) >= 5);
  });

  it("keep what was received too often, while the queue for it is gone", async () => {
    const [letters, QueueUrl] = [await create({ QueueName: "letters" }), await create()];
    const deadLetterTargetArn = arn.replace("made", "letters");
    await change(QueueUrl, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
    });
    await client.send(new DeleteQueueCommand({ QueueUrl: letters }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
    for (const body of ["m", "m"]) {
      const receive = new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 });
      assert.equal((await client.send(receive)).Messages?.[0]?.Body, body);
    }
  });

  it("are tagged and lose tags, as do those of the program, and keep their messages", async () => {
    const program = local.sqs.createQueue({ name: "program", tags: { team: "ours", old: "1" } });
    for (const QueueUrl of [await create({ tags: { team: "ours", old: "1" } }), program.url]) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
      await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: "theirs", stage: "" } }));
      await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["old", "unknown"] }));
      const { Tags } = await client.send(new ListQueueTagsCommand({ QueueUrl }));
      assert.deepEqual(Tags, { team: "theirs", stage: "" });
      const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
      assert.equal(Messages?.[0]?.Body, "m");
      await assert.rejects(
        client.send(new TagQueueCommand({ QueueUrl, Tags: { "aws:team": "x" } })),
        { Code: "InvalidParameterValue" },
      );
    }
    await restart();
    const made = local.sqs.queueUrl("made");
    const { Tags } = await client.send(new ListQueueTagsCommand({ QueueUrl: made }));
    assert.deepEqual(Tags, { team: "theirs", stage: "" });
  });

  it("are there again at the next start, as they were left, with their messages", async () => {
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: arn.replace("made", "program"),
      maxReceiveCount: 2,
    });
    local.sqs.createQueue({ name: "program" });
    const QueueUrl = await create({ Attributes: { RedrivePolicy }, tags: { team: "ours" } });
    await change(QueueUrl, { DelaySeconds: "0", MaximumMessageSize: "2048", Policy: policy });
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "m" }));
    await restart();
    const found = await attributesOf(QueueUrl);
    assert.deepEqual([found.MaximumMessageSize, found.RedrivePolicy], ["2048", RedrivePolicy]);
    assert.deepEqual(JSON.parse(found.Policy ?? ""), JSON.parse(policy));
    assert.equal(found.ApproximateNumberOfMessages, "1");
    const missing = { name: "QueueDoesNotExist" };
    const program = new GetQueueUrlCommand({ QueueName: "program" });
    await assert.rejects(client.send(program), missing);
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    await restart();
    await assert.rejects(client.send(new GetQueueUrlCommand({ QueueName: "made" })), missing);
  });

  it("are gone at once, and cannot be made again for a minute", async () => {
    const QueueUrl = await create();
    await client.send(new DeleteQueueCommand({ QueueUrl }));
    await assert.rejects(client.send(new DeleteQueueCommand({ QueueUrl })), {
      name: "QueueDoesNotExist",
    });
    await assert.rejects(create(), { name: "QueueDeletedRecently" });
    local.aheadMs = 61_000;
    assert.equal(await create(), QueueUrl);
  });

  it("are made and changed by those alone who may", async () => {
    const QueueUrl = await create();
    client = local.client(local.role("sqs:GetQueueAttributes"));
    const refused = { name: "AccessDenied" };
    await assert.rejects(create({ QueueName: "other" }), refused);
    await assert.rejects(change(QueueUrl, { DelaySeconds: "1" }), refused);
    await assert.rejects(client.send(new DeleteQueueCommand({ QueueUrl })), refused);
    assert.equal((await attributesOf(QueueUrl)).DelaySeconds, "0");
  });

  for (const [name, value, error] of [
    ["Unknown", "1", "InvalidAttributeName"],
    ["DelaySeconds", "901", "InvalidAttributeValue"],
    ["DelaySeconds", "0x1", "InvalidAttributeValue"],
    ["SqsManagedSseEnabled", "yes", "InvalidAttributeValue"],
    ["Policy", "{", "InvalidAttributeValue"],
    ["RedrivePolicy", "{}", "InvalidParameterValue"],
    ["KmsMasterKeyId", "alias/aws/sqs", "NotImplemented"],
    ["FifoQueue", "false", "InvalidAttributeName"],
    ["ContentBasedDeduplication", "false", "InvalidAttributeName"],
    ["DeduplicationScope", "queue", "InvalidAttributeName"],
    ["FifoThroughputLimit", "perQueue", "InvalidAttributeName"],
  ] as const) {
    it(`are refused with ${name} ${value}, and nothing is left`, async () => {
      await assert.rejects(create({ Attributes: { [name]: value } }), { name: error });
      await assert.rejects(client.send(new GetQueueUrlCommand({ QueueName: "made" })), {
        name: "QueueDoesNotExist",
      });
      const QueueUrl = await create();
      const before = await attributesOf(QueueUrl);
      await assert.rejects(change(QueueUrl, { [name]: value }), { name: error });
      assert.deepEqual(await attributesOf(QueueUrl), before);
    });
  }

  it("are no FIFO queues, which name and attributes have to agree on", async () => {
    const FifoQueue = "true";
    await assert.rejects(create({ QueueName: "made.fifo", Attributes: { FifoQueue } }), {
      name: "NotImplemented",
    });
    await assert.rejects(create({ Attributes: { FifoQueue } }), {
      name: "InvalidParameterValue",
      message: /must end with \.fifo suffix/,
    });
    await assert.rejects(create({ QueueName: "made.fifo" }), {
      name: "InvalidParameterValue",
      message: /^Can only include alphanumeric characters/,
    });
    const QueueUrl = await create();
    for (const value of ["true", "false"]) {
      await assert.rejects(change(QueueUrl, { FifoQueue: value }), {
        name: "InvalidAttributeName",
        message: "Unknown Attribute FifoQueue.",
      });
    }
    await assert.rejects(change(QueueUrl, { DeduplicationScope: "queue" }), {
      message: "You can specify the DeduplicationScope only when FifoQueue is set to true.",
    });
  });
});
