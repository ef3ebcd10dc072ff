import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  GetTopicAttributesCommand,
  type MessageAttributeValue,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
} from "@aws-sdk/client-sns";
import type { Decision, Principal } from "../../../aws/iam/types";
import { Sns } from "../../../aws/sns/sns";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };
const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
const allow: Decision = { allowed: true, reason: "allow", explanation: "" };
const bytes = new TextEncoder().encode("bytes");

describe("What Publish takes", () => {
  let folder: string;
  let sns: Sns;
  let client: SNSClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-sns-"));
    sns = new Sns({
      account,
      dataDir: join(folder, "sns"),
      inboxDir: join(folder, "inbox"),
      notify: () => undefined,
      clock: () => new Date("2026-01-15T10:00:20Z"),
      authenticator: { authenticate: () => root },
      authorizer: { authorize: () => allow },
      keys: { authorizeUse: () => allow },
    });
    await sns.start();
    sns.createTopic({ name: "alerts" });
    client = new SNSClient({
      endpoint: sns.url,
      region: account.region,
      credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    client.destroy();
    await sns.stop();
    await rm(folder, { recursive: true });
  });

  const publish = (input: Partial<PublishCommandInput>) =>
    client.send(new PublishCommand({ Message: "hello", ...input }));
  const publishAttributes = (MessageAttributes: Record<string, MessageAttributeValue>) =>
    publish({ TopicArn: topicArn, MessageAttributes });

  describe("of attributes", () => {
    it("shows them to subscribers by email-json", async () => {
      await sns.subscribe({ topicArn, protocol: "email-json", endpoint: "ops@example.com" });
      await publishAttributes({
        "kind.of-it_1": { DataType: "String", StringValue: "a & b" },
        tags: { DataType: "String.Array", StringValue: '["a",1]' },
        count: { DataType: "Number.int", StringValue: "-1.5e3" },
        raw: { DataType: "Binary", BinaryValue: bytes },
      });
      const [, name = ""] = (await readdir(join(folder, "inbox"))).sort();
      const file = await readFile(join(folder, "inbox", name), "utf8");
      // Without the line breaks of quoted-printable.
      const mail = file.replaceAll("=\n", "").replaceAll("=3D", "=");
      const { MessageAttributes } = JSON.parse(mail.slice(mail.indexOf("{"))) as {
        MessageAttributes: unknown;
      };
      assert.deepEqual(MessageAttributes, {
        "kind.of-it_1": { Type: "String", Value: "a & b" },
        tags: { Type: "String.Array", Value: '["a",1]' },
        count: { Type: "Number.int", Value: "-1.5e3" },
        raw: { Type: "Binary", Value: "Ynl0ZXM=" },
      });
    });

    const refused: readonly [string, Record<string, MessageAttributeValue>, RegExp][] = [
      [
        "an empty value",
        { a: { DataType: "String", StringValue: "" } },
        /'a' must contain non-empty message attribute value for message attribute type 'String'/,
      ],
      ["no value", { a: { DataType: "Number" } }, /'a' must contain non-empty .* 'Number'/],
      [
        "no bytes",
        { a: { DataType: "Binary", BinaryValue: new Uint8Array() } },
        /'a' must contain non-empty .* 'Binary'/,
      ],
      [
        "two values",
        { a: { DataType: "String", StringValue: "a", BinaryValue: bytes } },
        /'a' must contain/,
      ],
      [
        "bytes for a text",
        { a: { DataType: "String", BinaryValue: bytes } },
        /'a' with type 'String' must use field 'String'/,
      ],
      [
        "bytes for a number",
        { a: { DataType: "Number", BinaryValue: bytes } },
        /'a' with type 'Number' must use field 'String'/,
      ],
      [
        "a text for bytes",
        { a: { DataType: "Binary", StringValue: "a" } },
        /'a' with type 'Binary' must use field 'Binary'/,
      ],
      [
        "a number that is none",
        { a: { DataType: "Number", StringValue: "0x10" } },
        /Could not cast message attribute 'a' value to number/,
      ],
      [
        "an unknown type",
        { a: { DataType: "Text", StringValue: "a" } },
        /'a' has an invalid message attribute type/,
      ],
      [
        "a label without a dot",
        { a: { DataType: "Stringy", StringValue: "a" } },
        /'a' has an invalid message attribute type/,
      ],
      [
        "a label of nothing",
        { a: { DataType: "String.", StringValue: "a" } },
        /'a' has an invalid message attribute type/,
      ],
      [
        "a name too long",
        { ["a".repeat(257)]: { DataType: "String", StringValue: "a" } },
        /Length of message attribute name/,
      ],
      [
        "a name of other characters",
        { "a^*": { DataType: "String", StringValue: "a" } },
        /non-alphanumeric character '#x5E'/,
      ],
      [
        "a name that begins with a dot",
        { ".a": { DataType: "String", StringValue: "a" } },
        /starting with character '\.'/,
      ],
      [
        "a name that ends with a dot",
        { "a.": { DataType: "String", StringValue: "a" } },
        /ending with character '\.'/,
      ],
      [
        "a name with two dots",
        { "a..b": { DataType: "String", StringValue: "a" } },
        /successive '\.'/,
      ],
    ];
    for (const [what, attributes, message] of refused) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(publishAttributes(attributes), {
          name: "InvalidParameterValueException",
          message,
        });
      });
    }

    it("refuses one without a type", async () => {
      await assert.rejects(publishAttributes({ a: { DataType: undefined, StringValue: "a" } }), {
        name: "ValidationError",
        message: /Value null at 'messageAttributes\.a\.member\.dataType'/,
      });
    });

    it("counts their names, types and values as part of the message", async () => {
      const attribute = (length: number) => ({
        ab: { DataType: "String", StringValue: "é".repeat(length / 2) },
      });
      await publishAttributes(
        attribute(262_144 - "hello".length - "ab".length - "String".length - 1),
      );
      await assert.rejects(
        publishAttributes(attribute(262_144 - "hello".length - "ab".length - "String".length + 1)),
        { name: "InvalidParameterException", message: "Invalid parameter: Message too long" },
      );
    });
  });

  describe("of ARNs", () => {
    it("takes a topic's as TargetArn", async () => {
      const { MessageId } = await publish({ TargetArn: topicArn });
      assert.ok(MessageId);
    });

    const refused: readonly [string, Partial<PublishCommandInput>, RegExp][] = [
      ["a TopicArn beside a TargetArn", { TopicArn: topicArn, TargetArn: topicArn }, /TargetArn/],
      ["neither", {}, /TopicArn or TargetArn Reason: no value for required parameter/],
      [
        "an empty TopicArn",
        { TopicArn: "" },
        /TopicArn Reason: An ARN must have at least 6 elements, not 1$/,
      ],
      [
        "an id for topics that publish a message once",
        { TopicArn: topicArn, MessageDeduplicationId: "once" },
        /^Invalid parameter: MessageDeduplicationId Reason: .* not valid for this topic type$/,
      ],
      [
        "what is no ARN",
        { TopicArn: "alerts" },
        /TopicArn Reason: An ARN must have at least 6 elements, not 1/,
      ],
      [
        "a target that is no ARN",
        { TargetArn: "a:b" },
        /TargetArn Reason: An ARN must have at least 6 elements, not 2/,
      ],
      [
        "a topic of another region",
        { TopicArn: topicArn.replace("us-east-1", "eu-west-1") },
        /^Invalid parameter: TopicArn$/,
      ],
      [
        "an endpoint that there is not",
        { TargetArn: "arn:aws:sns:us-east-1:123456789012:endpoint/GCM/app/1" },
        /No endpoint found/,
      ],
    ];
    for (const [what, input, message] of refused) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(publish(input), { name: "InvalidParameterException", message });
      });
    }

    it("refuses them in the same way where topics are shown", async () => {
      const show = client.send(new GetTopicAttributesCommand({ TopicArn: "alerts" }));
      await assert.rejects(show, {
        name: "InvalidParameterException",
        message: "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1",
      });
    });
  });
});
