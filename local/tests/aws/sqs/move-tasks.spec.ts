import assert from "node:assert/strict";
import {
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { LocalSqs } from "./support/local-sqs";

describe("SQS message move tasks", () => {
  let local: LocalSqs;
  let dead: { arn: string; url: string };
  let jobs: { arn: string; url: string };

  beforeEach(async () => {
    local = await LocalSqs.start();
    dead = local.sqs.createQueue({ name: "dead" });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    jobs = local.sqs.createQueue({ name: "jobs", redrivePolicy });
  });

  afterEach(() => local.stop());

  const receive = async (QueueUrl: string, VisibilityTimeout = 30) => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      VisibilityTimeout,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    });
    return (await local.client().send(command)).Messages ?? [];
  };

  async function giveUp(MessageBody: string): Promise<void> {
    const { url: QueueUrl } = jobs;
    await local.client().send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await receive(QueueUrl, 0);
    assert.deepEqual(await receive(QueueUrl), []);
  }

  it("take messages back to the queue that gave them up, as if they were new", async () => {
    await giveUp("one");
    const start = new StartMessageMoveTaskCommand({ SourceArn: dead.arn });
    const { TaskHandle } = await local.client().send(start);
    const handle = JSON.parse(Buffer.from(TaskHandle ?? "", "base64").toString()) as object;
    assert.deepEqual(Object.keys(handle), ["taskId", "sourceArn"]);
    assert.deepEqual(await receive(dead.url), []);
    const [message] = await receive(jobs.url);
    assert.equal(message?.Body, "one");
    assert.deepEqual(message.Attributes, { ApproximateReceiveCount: "1" });

    const list = new ListMessageMoveTasksCommand({ SourceArn: dead.arn });
    const [task] = (await local.client().send(list)).Results ?? [];
    assert.equal(task?.Status, "COMPLETED");
    assert.equal(task.ApproximateNumberOfMessagesMoved, 1);
  });

  it("take them to another queue that is asked for", async () => {
    const other = local.sqs.createQueue({ name: "other" });
    await giveUp("one");
    const task = { SourceArn: dead.arn, DestinationArn: other.arn };
    await local.client().send(new StartMessageMoveTaskCommand(task));
    assert.deepEqual(
      (await receive(other.url)).map(({ Body }) => Body),
      ["one"],
    );
  });

  it("are refused for other queues, and to those who may not receive", async () => {
    const move = (SourceArn: string, credentials = local.iam.administrator) =>
      local.client(credentials).send(new StartMessageMoveTaskCommand({ SourceArn }));
    await assert.rejects(move(jobs.arn), {
      message: "Source queue must be configured as a Dead Letter Queue.",
    });
    const missing = (parameter: string) => ({
      name: "ResourceNotFoundException",
      message: `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    });
    await assert.rejects(move(`${dead.arn}s`), missing("SourceArn"));
    await assert.rejects(
      local.client().send(
        new StartMessageMoveTaskCommand({
          SourceArn: dead.arn,
          DestinationArn: `${jobs.arn}s`,
        }),
      ),
      missing("DestinationArn"),
    );
    await assert.rejects(move(dead.arn, local.role("sqs:StartMessageMoveTask")), {
      message: /sqs:receivemessage/,
    });
  });

  it("go by the lists of queues, page by page", async () => {
    const client = local.client();
    const first = await client.send(new ListQueuesCommand({ MaxResults: 1 }));
    const { NextToken } = first;
    const second = await client.send(new ListQueuesCommand({ MaxResults: 1, NextToken }));
    assert.deepEqual([first.QueueUrls, second.QueueUrls], [[dead.url], [jobs.url]]);
    assert.equal(second.NextToken, undefined);
    const prefixed = await client.send(new ListQueuesCommand({ QueueNamePrefix: "j" }));
    assert.deepEqual(prefixed.QueueUrls, [jobs.url]);
    const sources = new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.url });
    assert.deepEqual((await client.send(sources)).queueUrls, [jobs.url]);
  });
});
