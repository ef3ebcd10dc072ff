import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { DestinationQueues } from "../../local/aws/lambda/destinations";
import { connect } from "../../scripts/redrive/connect";
import { parseRedriveOptions } from "../../scripts/redrive/options";
import { redrive, type RedriveRequest, type Summary } from "../../scripts/redrive/redrive";
import { LocalLambda, root } from "../../local/tests/aws/lambda/support/local-lambda";
import { account, LocalSqs } from "../../local/tests/aws/sqs/support/local-sqs";

const queueArn = "arn:aws:sqs:eu-west-1:123456789012:failures";

describe("npm run redrive", () => {
  let local: LocalSqs;
  let lambda: LocalLambda;
  let queueUrl: string;
  let lines: string[];

  beforeEach(async () => {
    local = await LocalSqs.start();
    queueUrl = local.sqs.createQueue({ name: "failures" }).url;
    const queues: DestinationQueues = {
      send: (message) => {
        local.sqs.send({ ...message, principal: root });
      },
      checkSend: () => undefined,
    };
    lambda = await LocalLambda.start({ queues });
    // It fails as an event, and works when it is redriven, but for some.
    await lambda.create(`exports.handler = async ({ id, secret }) => {
      if (id < 0) throw new RangeError(secret);
    };`);
    lines = [];
  });

  afterEach(async () => {
    await lambda.stop();
    await local.stop();
  });

  const send = (body: unknown) =>
    local
      .client()
      .send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body) }));

  const record = (id: number, functionName = "resize") => ({
    version: "1.0",
    timestamp: "2026-01-31T00:00:00.000Z",
    requestContext: {
      requestId: `request${id}`,
      functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: { id, secret: "s3cr3t" },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "Error", errorMessage: "s3cr3t" },
  });

  function run(more: Partial<RedriveRequest> = {}): Promise<Summary> {
    const credentials = local.iam.administrator;
    const { region } = account;
    return redrive({
      queueUrl,
      sqs: local.client(),
      lambda: new LambdaClient({ endpoint: lambda.lambda.url, region, credentials }),
      streams: new DynamoDBStreamsClient({ region, credentials }),
      dryRun: false,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
      ...more,
    });
  }

  /** Messages that can be received at once, and those that cannot. */
  async function depth(): Promise<[visible: number, hidden: number]> {
    const { Attributes = {} } = await local
      .client()
      .send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }));
    return [
      Number(Attributes.ApproximateNumberOfMessages),
      Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    ];
  }

  it("invokes the functions again with what they gave up, and empties the queue", async () => {
    await send(record(1));
    const { MessageId } = await send(record(2));
    assert.deepEqual(await run(), { redriven: 2, left: 0 });
    assert.deepEqual(lines.slice(1), [
      `${MessageId} (resize, request request2): redriven`,
      "2 redriven, 0 left.",
    ]);
    assert.deepEqual(await depth(), [0, 0]);
    assert.deepEqual(lambda.valuesOf("Errors"), [0, 0]);
  });

  it("takes the records that Lambda itself sends", async () => {
    lambda.lambda.putFunctionEventInvokeConfig("resize", {
      maximumRetryAttempts: 0,
      onFailure: queueArn,
    });
    await lambda.queue({ id: -1 });
    while (local.valuesOf("NumberOfMessagesSent").length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.deepEqual(await run({ max: 1 }), { redriven: 0, left: 1 });
    assert.match(lines.join(), /resize, request [0-9a-f-]+\): left, as the function failed/);
  });

  it("leaves what cannot be replayed, visible again, and says why without its content", async () => {
    await send(record(-1));
    await send(record(2, "gone"));
    await send({ secret: "s3cr3t" });
    await send({
      ...record(3),
      requestContext: { ...record(3).requestContext, condition: "Success" },
    });
    await send(record(4));
    assert.deepEqual(await run({ max: 5 }), { redriven: 1, left: 4 });
    assert.deepEqual(
      lines.map((line) => line.replace(/^[0-9a-f-]{36}/, "ID")),
      [
        "ID (resize, request request-1): left, as the function failed with RangeError",
        "ID (gone, request request2): left, as the function could not be invoked: ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:123456789012:function:gone:$LATEST",
        "ID: left, as it is no record of a failed event",
        "ID: left, as it is no record of a failed event",
        "ID (resize, request request4): redriven",
        "1 redriven, 4 left.",
      ],
    );
    assert.doesNotMatch(lines.join(), /s3cr3t/);
    assert.deepEqual(await depth(), [4, 0]);
  });

  it("invokes nothing in a dry run", async () => {
    await send(record(1));
    assert.deepEqual(await run({ dryRun: true, max: 1 }), { redriven: 1, left: 0 });
    assert.match(lines.join("\n"), /request1\): would be redriven\n1 would be redriven, 0 left\.$/);
    assert.deepEqual(await depth(), [1, 0]);
    assert.deepEqual(lambda.valuesOf("Invocations"), []);
  });

  it("looks at no more messages than it is told", async () => {
    await send(record(1));
    await send(record(2));
    assert.deepEqual(await run({ max: 1 }), { redriven: 1, left: 0 });
    assert.deepEqual(await depth(), [1, 0]);
  });

  it("looks at no message once it is interrupted", async () => {
    await send(record(1));
    assert.deepEqual(await run({ signal: AbortSignal.abort() }), { redriven: 0, left: 0 });
    assert.deepEqual(await depth(), [1, 0]);
  });
});

describe("the options of npm run redrive", () => {
  it("have defaults that fit a local run", () => {
    assert.deepEqual(parseRedriveOptions([]), { dryRun: false });
  });

  it("are read from the command line", () => {
    assert.deepEqual(parseRedriveOptions(["--outputs", "o.json", "--dry-run", "--max", "5"]), {
      outputs: "o.json",
      dryRun: true,
      max: 5,
    });
    assert.equal(parseRedriveOptions(["--data", "other"]).data, "other");
  });

  it("name one stack", () => {
    assert.throws(() => parseRedriveOptions(["--data", "a", "--outputs", "b"]), {
      name: "UserError",
      message: "--data and --outputs each name a stack: give one of them.",
    });
  });
});

describe("connect", () => {
  let folder: string;
  let outputs: string;
  const endpoints = {
    region: "eu-west-1",
    accessKeyId: "AKIA",
    secretAccessKey: "secret",
    sqs: "http://127.0.0.1:1",
    lambda: "http://127.0.0.1:2",
    dynamodb: "http://127.0.0.1:3",
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "redrive-"));
    outputs = join(folder, "outputs.json");
  });

  afterEach(() => rm(folder, { recursive: true }));

  const write = (name: string, content: object) =>
    writeFile(join(folder, name), JSON.stringify(content));

  it("connects to the local run whose endpoints lie beside the outputs", async () => {
    await write("outputs.json", { failuresQueueUrl: `${endpoints.sqs}/123456789012/failures` });
    await write("endpoints.json", endpoints);
    const { sqs, lambda } = connect({ outputs });
    assert.equal((await sqs.config.endpoint?.())?.port, 1);
    assert.equal((await lambda.config.endpoint?.())?.port, 2);
    assert.equal((await sqs.config.credentials()).accessKeyId, "AKIA");
  });

  it("connects to the local run whose data folder is named", async () => {
    await write("outputs.json", { failuresQueueUrl: `${endpoints.sqs}/123456789012/failures` });
    await write("endpoints.json", endpoints);
    const { sqs } = connect({ data: folder });
    assert.equal((await sqs.config.endpoint?.())?.port, 1);
  });

  it("connects to AWS in the queue's region otherwise", async () => {
    const failuresQueueUrl = "https://sqs.ap-south-1.amazonaws.com/123456789012/failures";
    await write("outputs.json", { failuresQueueUrl });
    const { queueUrl, sqs, lambda } = connect({ outputs });
    assert.equal(queueUrl, failuresQueueUrl);
    assert.equal(await sqs.config.region(), "ap-south-1");
    assert.equal(await lambda.config.region(), "ap-south-1");
  });

  it("says what to do when the outputs are missing, or are others", async () => {
    assert.throws(() => connect({ outputs }), {
      name: "UserError",
      message: `There is no ${outputs}: --outputs names the file of a stack's outputs.`,
    });
    assert.throws(() => connect({ data: folder }), {
      name: "UserError",
      message:
        `There is no local run in ${folder}: npm start, or name another folder with --data; ` +
        "--outputs names the file of a stack's outputs.",
    });
    await write("outputs.json", {});
    assert.throws(() => connect({ outputs }), { name: "UserError", message: /failuresQueueUrl/ });
    await writeFile(outputs, "{");
    assert.throws(() => connect({ outputs }), { name: "UserError", message: /is no JSON/ });
  });
});
