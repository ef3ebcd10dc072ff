import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { signRequest } from "../iam/sign-request";
import { account, LocalSqs } from "./support/local-sqs";

const messageBodyMissing = "The request must contain the parameter MessageBody.";

/** What clients of the years before 2023 send. */
describe("SQS in the query protocol", () => {
  let local: LocalSqs;
  let QueueUrl: string;

  beforeEach(async () => {
    local = await LocalSqs.start();
    QueueUrl = local.sqs.createQueue({ name: "jobs", tags: { Team: "one" } }).url;
  });

  afterEach(() => local.stop());

  async function ask(
    Action: string,
    parameters: Record<string, string> = {},
    credentials = local.iam.administrator,
    path = "/",
  ) {
    const body = new URLSearchParams({ Action, Version: "2012-11-05", ...parameters }).toString();
    const { url, headers } = await signRequest({
      credentials,
      region: account.region,
      service: "sqs",
      date: new Date(),
      method: "POST",
      path,
      headers: {
        host: new URL(local.sqs.url).host,
        "content-type": "application/x-www-form-urlencoded",
      },
      body,
    });
    const response = await fetch(`${local.sqs.url}${url}`, {
      method: "POST",
      headers: headers as Record<string, string>,
      body,
    });
    const xml = await response.text();
    const textOf = (element: string) =>
      new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? "";
    return { status: response.status, xml, textOf };
  }

  it("sends a message with its attributes, and receives and deletes it", async () => {
    const MessageBody = 'one < "two" & three';
    const sent = await ask("SendMessage", {
      QueueUrl,
      MessageBody,
      "MessageAttribute.1.Name": "colour",
      "MessageAttribute.1.Value.DataType": "String",
      "MessageAttribute.1.Value.StringValue": "red",
    });
    assert.equal(
      sent.textOf("MD5OfMessageBody"),
      createHash("md5").update(MessageBody).digest("hex"),
    );
    const received = await ask("ReceiveMessage", {
      QueueUrl,
      "AttributeName.1": "All",
      "MessageAttributeName.1": "All",
      MaxNumberOfMessages: "10",
      WaitTimeSeconds: "0",
    });
    assert.match(
      received.xml,
      /<ReceiveMessageResult><Message><MessageId>[\w-]{36}<\/MessageId><ReceiptHandle>[^<]+<\/ReceiptHandle><Body>one &lt; "two" &amp; three<\/Body>/,
    );
    assert.match(
      received.xml,
      /<Attribute><Name>ApproximateReceiveCount<\/Name><Value>1<\/Value><\/Attribute>/,
    );
    assert.match(
      received.xml,
      /<MessageAttribute><Name>colour<\/Name><Value><DataType>String<\/DataType><StringValue>red<\/StringValue><\/Value><\/MessageAttribute>/,
    );
    const ReceiptHandle = received.textOf("ReceiptHandle");
    assert.equal((await ask("DeleteMessage", { QueueUrl, ReceiptHandle })).status, 200);
    assert.doesNotMatch((await ask("ReceiveMessage", { QueueUrl })).xml, /<Message>/);
  });

  it("takes what is asked for in a URL, signed there or in headers, and by no other method", async () => {
    const query = {
      Action: "SendMessage",
      Version: "2012-11-05",
      QueueUrl,
      MessageBody: "by URL",
      "MessageAttribute.1.Name": "kind",
      "MessageAttribute.1.Value.DataType": "String",
      "MessageAttribute.1.Value.StringValue": "a",
    };
    const send = async (method: string, signing: { presign?: number }) => {
      const { url, headers } = await signRequest({
        ...{ credentials: local.iam.administrator, region: account.region, service: "sqs" },
        ...{ date: new Date(), method, path: "/", query, ...signing },
        headers: { host: new URL(local.sqs.url).host },
      });
      const signed = headers as Record<string, string>;
      return await fetch(`${local.sqs.url}${url}`, { method, headers: signed });
    };
    for (const signing of [{ presign: 60 }, {}]) {
      for (const method of ["GET", "POST"]) {
        const response = await send(method, signing);
        assert.equal(response.status, 200, await response.text());
        const received = await ask("ReceiveMessage", { QueueUrl, "MessageAttributeName.1": "All" });
        assert.equal(received.textOf("Body"), "by URL");
        assert.match(received.xml, /<Name>kind<\/Name>/);
      }
      assert.equal((await send("PUT", signing)).status, 501);
    }
  });

  it("keeps the line ends of a body", async () => {
    await ask("SendMessage", { QueueUrl, MessageBody: "a\r\nb" });
    assert.match((await ask("ReceiveMessage", { QueueUrl })).xml, /<Body>a&#xD;\nb<\/Body>/);
  });

  it("sends a batch, each entry by its id", async () => {
    const { xml } = await ask("SendMessageBatch", {
      QueueUrl,
      "SendMessageBatchRequestEntry.1.Id": "a",
      "SendMessageBatchRequestEntry.1.MessageBody": "one",
      "SendMessageBatchRequestEntry.1.DelaySeconds": "0",
      "SendMessageBatchRequestEntry.2.Id": "b",
      "SendMessageBatchRequestEntry.2.MessageBody": "\u0001",
    });
    assert.match(xml, /<SendMessageBatchResult><SendMessageBatchResultEntry><Id>a<\/Id>/);
    assert.match(xml, /<BatchResultErrorEntry><Id>b<\/Id>.*<Code>InvalidMessageContents<\/Code>/);
  });

  it("takes the header of X-Ray, and answers it", async () => {
    const attribute = "MessageSystemAttribute.1";
    const sent = await ask("SendMessage", {
      QueueUrl,
      MessageBody: "x",
      [`${attribute}.Name`]: "AWSTraceHeader",
      [`${attribute}.Value.DataType`]: "String",
      [`${attribute}.Value.StringValue`]: "Root=1",
    });
    assert.match(sent.xml, /<MD5OfMessageSystemAttributes>[\da-f]{32}</);
    const { xml } = await ask("ReceiveMessage", { QueueUrl, "AttributeName.1": "AWSTraceHeader" });
    assert.match(xml, /<Attribute><Name>AWSTraceHeader<\/Name><Value>Root=1<\/Value><\/Attribute>/);
  });

  it("takes the queue from the URL that a request is sent to, unless it names one", async () => {
    local.sqs.createQueue({ name: "other" });
    const { administrator } = local.iam;
    const { pathname } = new URL(QueueUrl);
    const askAt = (action: string, parameters = {}) =>
      ask(action, parameters, administrator, pathname);
    await askAt("SendMessage", { MessageBody: "one" });
    assert.equal((await ask("ReceiveMessage", { QueueUrl })).textOf("Body"), "one");
    await askAt("SendMessage", { QueueUrl: "other", MessageBody: "two" });
    assert.equal((await ask("ReceiveMessage", { QueueUrl: "other" })).textOf("Body"), "two");
    assert.equal((await askAt("SendMessage")).textOf("Message"), messageBodyMissing);
    const found = await askAt("GetQueueUrl", { QueueName: "other" });
    assert.match(found.textOf("QueueUrl"), /\/other$/);
    for (const action of ["CreateQueue", "ListQueues"]) {
      const refused = await askAt(action, { QueueName: "new" });
      assert.deepEqual(
        [refused.status, refused.textOf("Code"), refused.textOf("Message")],
        [400, "InvalidAction", `The action ${action} is not valid for this endpoint.`],
      );
    }
    const { status, textOf } = await ask("DeleteQueue", {}, administrator, `${pathname}s`);
    assert.deepEqual([status, textOf("Code")], [400, "AWS.SimpleQueueService.NonExistentQueue"]);
  });

  it("takes lists with nothing in them", async () => {
    for (const entries of ["SendMessageBatchRequestEntry", "Entries"]) {
      const empty = await ask("SendMessageBatch", { QueueUrl, [entries]: "" });
      assert.equal(empty.textOf("Code"), "AWS.SimpleQueueService.EmptyBatchRequest");
    }
    for (const names of [
      ["AttributeName", "MessageAttributeName"],
      ["AttributeNames", "MessageAttributeNames", "MessageSystemAttributeNames"],
    ]) {
      const empty = Object.fromEntries(names.map((name) => [name, ""]));
      await ask("SendMessage", { QueueUrl, MessageBody: "x" });
      assert.equal((await ask("ReceiveMessage", { QueueUrl, ...empty })).textOf("Body"), "x");
    }
  });

  it("says of a queue that is not there what it always has, and no detail", async () => {
    const { status, xml } = await ask("ReceiveMessage", { QueueUrl: `${QueueUrl}s` });
    assert.equal(status, 400);
    assert.match(
      xml,
      /<Error><Type>Sender<\/Type><Code>AWS.SimpleQueueService.NonExistentQueue<\/Code><Message>The specified queue does not exist for this wsdl version.<\/Message><Detail\/><\/Error>/,
    );
  });

  it("lists queues, attributes and tags as flat lists", async () => {
    const { xml } = await ask("ListQueues");
    assert.match(xml, new RegExp(`<ListQueuesResult><QueueUrl>${QueueUrl}</QueueUrl></ListQueues`));
    const attributes = await ask("GetQueueAttributes", { QueueUrl, "AttributeName.1": "QueueArn" });
    assert.match(
      attributes.xml,
      /<GetQueueAttributesResult><Attribute><Name>QueueArn<\/Name><Value>arn:aws:sqs:eu-west-1:123456789012:jobs<\/Value><\/Attribute><\/GetQueue/,
    );
    const tags = await ask("ListQueueTags", { QueueUrl });
    assert.match(tags.xml, /<Tag><Key>Team<\/Key><Value>one<\/Value><\/Tag>/);
  });

  it("makes a queue with attributes and tags, and changes it", async () => {
    const { textOf } = await ask("CreateQueue", {
      QueueName: "made",
      "Attribute.1.Name": "DelaySeconds",
      "Attribute.1.Value": "1",
      "Tag.1.Key": "Team",
      "Tag.1.Value": "two",
    });
    const made = { QueueUrl: textOf("QueueUrl") };
    assert.match((await ask("ListQueueTags", made)).xml, /<Key>Team<\/Key><Value>two<\/Value>/);
    const change = { "Attribute.1.Name": "DelaySeconds", "Attribute.1.Value": "2" };
    assert.equal((await ask("SetQueueAttributes", { ...made, ...change })).status, 200);
    const { xml } = await ask("GetQueueAttributes", { ...made, "AttributeName.1": "DelaySeconds" });
    assert.match(xml, /<Name>DelaySeconds<\/Name><Value>2<\/Value>/);
  });

  it("tags a queue, and takes a tag away", async () => {
    const tag = { "Tag.1.Key": "Stage", "Tag.1.Value": "test" };
    assert.equal((await ask("TagQueue", { QueueUrl, ...tag })).status, 200);
    assert.equal((await ask("UntagQueue", { QueueUrl, "TagKey.1": "Team" })).status, 200);
    const { xml } = await ask("ListQueueTags", { QueueUrl });
    assert.match(
      xml,
      /Result><Tag><Key>Stage<\/Key><Value>test<\/Value><\/Tag><\/ListQueueTagsResult>/,
    );
  });

  it("changes the visibility of a batch", async () => {
    await ask("SendMessage", { QueueUrl, MessageBody: "hidden" });
    const received = await ask("ReceiveMessage", { QueueUrl });
    const entry = "ChangeMessageVisibilityBatchRequestEntry.1";
    const { xml } = await ask("ChangeMessageVisibilityBatch", {
      QueueUrl,
      [`${entry}.Id`]: "a",
      [`${entry}.ReceiptHandle`]: received.textOf("ReceiptHandle"),
      [`${entry}.VisibilityTimeout`]: "0",
    });
    assert.match(
      xml,
      /<ChangeMessageVisibilityBatchResultEntry><Id>a<\/Id><\/ChangeMessageVisibilityBatchResultEntry>/,
    );
    assert.equal((await ask("ReceiveMessage", { QueueUrl })).textOf("Body"), "hidden");
  });

  for (const [Action, parameters, status, code] of [
    ["AddPermission", { QueueUrl: "x" }, 501, "NotImplemented"],
    ["GetQueueUrl", { QueueName: "x" }, 400, "AWS.SimpleQueueService.NonExistentQueue"],
    ["SendMessage", {}, 400, "MissingParameter"],
  ] as const) {
    it(`answers ${status} ${code} in XML to ${Action}`, async () => {
      const answer = await ask(Action, parameters);
      assert.equal(answer.status, status);
      assert.match(
        answer.xml,
        /<ErrorResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><Error>/,
      );
      assert.equal(answer.textOf("Code"), code);
    });
  }

  it("refuses a wrong signature", async () => {
    const forged = await ask(
      "ListQueues",
      {},
      { ...local.iam.administrator, secretAccessKey: "x" },
    );
    assert.equal(forged.status, 400);
    assert.equal(forged.textOf("Code"), "InvalidSignatureException");
  });
});
