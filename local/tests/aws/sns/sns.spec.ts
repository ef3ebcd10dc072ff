import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { AwsError } from "../../../aws/aws-error";
import { close, listen } from "../../../aws/http";
import type {
  AuthorizationRequest,
  Decision,
  Principal,
  SignedRequest,
} from "../../../aws/iam/types";
import { Sns } from "../../../aws/sns/sns";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };
const cloudWatch: Principal = { kind: "service", service: "cloudwatch.amazonaws.com" };
const alarmArn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors";
const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
const endpoint = "ops@example.com";
const allow: Decision = { allowed: true, reason: "allow", explanation: "" };
const deny: Decision = { allowed: false, reason: "implicit-deny", explanation: "no policy allows" };

describe("Sns", () => {
  let folder: string;
  let sns: Sns;
  let client: SNSClient;
  let lines: string[];
  let signer: Principal;
  let refusal: AwsError | undefined;
  let signed: SignedRequest[];
  let questions: AuthorizationRequest[];
  let decision: Decision;
  let keyUses: { action: string; keyId: string; principal: Principal }[];
  let keyDecision: Decision;

  const makeSns = () =>
    new Sns({
      account,
      dataDir: join(folder, "sns"),
      inboxDir: join(folder, "inbox"),
      notify: (line) => lines.push(line),
      clock: () => new Date("2026-01-15T10:00:20Z"),
      authenticator: {
        authenticate: (request) => {
          signed.push(request);
          if (refusal) {
            throw refusal;
          }
          return signer;
        },
      },
      authorizer: {
        authorize: (request) => {
          questions.push(request);
          return decision;
        },
      },
      keys: {
        authorizeUse: (use) => {
          keyUses.push(use);
          return keyDecision;
        },
      },
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-sns-"));
    lines = [];
    signer = root;
    refusal = undefined;
    signed = [];
    questions = [];
    decision = allow;
    keyUses = [];
    keyDecision = allow;
    sns = makeSns();
    await sns.start();
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

  const inbox = async () => {
    const names = await readdir(join(folder, "inbox")).catch(() => []);
    return names.sort();
  };
  const mail = async (index: number) => {
    const name = (await inbox())[index];
    assert.ok(name);
    return readFile(join(folder, "inbox", name), "utf8");
  };
  /** Undoes the soft line breaks of quoted-printable. */
  const unfolded = (text: string) => text.replaceAll("=\n", "").replaceAll("=3D", "=");
  const subscribe = (protocol = "email") => sns.subscribe({ topicArn, protocol, endpoint });

  describe("topics and subscriptions", () => {
    it("names a topic by an ARN", () => {
      assert.deepEqual(sns.createTopic({ name: "alerts" }), { arn: topicArn });
    });

    it("gives a topic the default policy, which lets in its own account only", () => {
      sns.createTopic({ name: "alerts" });
      const { Id, Statement } = sns.topicPolicy(topicArn);
      assert.equal(Id, "__default_policy_ID");
      assert.ok(!Array.isArray(Statement) || Statement.length === 1);
      assert.match(JSON.stringify(Statement), /"AWS:SourceOwner":"123456789012"/);
    });

    it("refuses FIFO topics and bad names", () => {
      assert.throws(() => sns.createTopic({ name: "alerts", fifo: true }), {
        code: "NotImplemented",
      });
      assert.throws(() => sns.createTopic({ name: "my alerts" }), { code: "InvalidParameter" });
    });

    it("sends a confirmation mail, readable for its owner only", async () => {
      sns.createTopic({ name: "alerts" });
      const { arn } = await subscribe();
      assert.match(arn, /^arn:aws:sns:us-east-1:123456789012:alerts:[0-9a-f-]{36}$/);
      assert.deepEqual(await inbox(), [
        "20260115T100020.000Z-1-aws-notification-subscription-confirmation.eml",
      ]);
      const text = unfolded(await mail(0));
      assert.match(text, /^From: AWS Notifications <no-reply@sns\.amazonaws\.com>$/m);
      assert.match(text, /^To: ops@example\.com$/m);
      assert.match(text, /^Subject: AWS Notification - Subscription Confirmation$/m);
      assert.match(text, /You have chosen to subscribe to the topic:\narn:aws:sns/);
      const path = join(folder, "inbox", (await inbox())[0] ?? "");
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    });

    it("keeps a subscription over restarts, without a second confirmation", async () => {
      sns.createTopic({ name: "alerts" });
      const first = await subscribe();
      const restarted = makeSns();
      restarted.createTopic({ name: "alerts" });
      assert.deepEqual(await restarted.subscribe({ topicArn, protocol: "email", endpoint }), first);
      assert.equal((await inbox()).length, 1);
    });

    for (const protocol of ["sqs", "lambda", "https", "sms"]) {
      it(`refuses to subscribe by ${protocol}`, async () => {
        sns.createTopic({ name: "alerts" });
        await assert.rejects(sns.subscribe({ topicArn, protocol, endpoint }), {
          code: "NotImplemented",
          statusCode: 501,
        });
      });
    }

    for (const address of ["ops", "a@b\r\nBcc: c@example.com", "a@example.com,b@example.com"]) {
      it(`refuses the mail address ${JSON.stringify(address)}`, async () => {
        sns.createTopic({ name: "alerts" });
        await assert.rejects(sns.subscribe({ topicArn, protocol: "email", endpoint: address }), {
          code: "InvalidParameter",
        });
      });
    }

    it("refuses to subscribe to a topic that does not exist", async () => {
      await assert.rejects(subscribe(), { code: "NotFound" });
    });
  });

  describe("publish", () => {
    const request = { topicArn, message: "Something broke", principal: cloudWatch };

    beforeEach(() => {
      sns.createTopic({ name: "alerts" });
    });

    it("mails the message to every subscriber", async () => {
      await subscribe();
      await sns.publish({ ...request, subject: 'ALARM: "errors" in US East (N. Virginia)' });
      const [, name] = await inbox();
      assert.equal(name, "20260115T100020.000Z-2-alarm-errors-in-us-east-n-virginia.eml");
      const text = unfolded(await mail(1));
      assert.match(text, /^Subject: ALARM: "errors" in US East \(N\. Virginia\)$/m);
      assert.match(text, /^Date: Thu, 15 Jan 2026 10:00:20 \+0000$/m);
      assert.match(text, /\n\nSomething broke\n\n--\nIf you wish to stop receiving/);
      assert.match(text, /unsubscribe\.html\?SubscriptionArn=arn/);
      assert.match(lines.at(-1) ?? "", /^mail to ops@example\.com: ALARM: "errors" .*\.eml\)$/);
    });

    it("mails a JSON document to subscribers by email-json", async () => {
      await subscribe("email-json");
      const { messageId } = await sns.publish({ ...request, subject: "Hello" });
      const text = unfolded(await mail(1));
      const document = JSON.parse(text.slice(text.indexOf("\n\n"))) as Record<string, string>;
      assert.deepEqual(
        { ...document, UnsubscribeURL: undefined },
        {
          Type: "Notification",
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: "Hello",
          Message: "Something broke",
          Timestamp: "2026-01-15T10:00:20.000Z",
          UnsubscribeURL: undefined,
        },
      );
    });

    it("asks the topic's policy, with the source of the message", async () => {
      const policy = {
        Statement: {
          Effect: "Allow" as const,
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: topicArn,
        },
      };
      sns.setTopicPolicy(topicArn, JSON.stringify(policy));
      await sns.publish({ ...request, sourceArn: alarmArn });
      assert.deepEqual(questions, [
        {
          principal: cloudWatch,
          action: "sns:Publish",
          resource: topicArn,
          resourcePolicy: policy,
          context: {
            "aws:SecureTransport": "true",
            "aws:SourceArn": alarmArn,
            "aws:SourceAccount": "123456789012",
            "aws:SourceOwner": "123456789012",
          },
        },
      ]);
    });

    it("refuses a policy that is none", () => {
      for (const policy of ["{", "{}", '{"Statement":{"Effect":"Perhaps"}}']) {
        assert.throws(
          () => {
            sns.setTopicPolicy(topicArn, policy);
          },
          { code: "InvalidParameter", message: /^Invalid parameter: Policy Error: / },
        );
      }
    });

    it("delivers nothing when the policy refuses", async () => {
      await subscribe();
      decision = deny;
      await assert.rejects(sns.publish(request), {
        code: "AuthorizationError",
        statusCode: 403,
        message: /cloudwatch\.amazonaws\.com is not authorized to perform: SNS:Publish/,
      });
      assert.equal((await inbox()).length, 1);
    });

    it("uses the key of an encrypted topic in the publisher's name", async () => {
      sns.createTopic({ name: "alerts", kmsKeyId: "alias/alerts" });
      await sns.publish(request);
      assert.deepEqual(
        keyUses.map(({ action, keyId, principal }) => ({ action, keyId, principal })),
        [
          { action: "kms:GenerateDataKey", keyId: "alias/alerts", principal: cloudWatch },
          { action: "kms:Decrypt", keyId: "alias/alerts", principal: cloudWatch },
        ],
      );
    });

    it("delivers nothing when the key's policy refuses", async () => {
      sns.createTopic({ name: "alerts", kmsKeyId: "alias/aws/sns" });
      await subscribe();
      keyDecision = deny;
      await assert.rejects(sns.publish(request), { code: "KMSAccessDenied" });
      assert.equal((await inbox()).length, 1);
    });

    it("never lets a subject start another header", async () => {
      await assert.rejects(sns.publish({ ...request, subject: "a\r\nBcc: b@example.com" }), {
        code: "InvalidParameter",
        message: "Invalid parameter: Subject",
      });
    });
  });

  describe("the endpoint", () => {
    beforeEach(() => {
      sns.createTopic({ name: "alerts" });
    });

    it("publishes for the SDK", async () => {
      await subscribe();
      const { MessageId } = await client.send(
        new PublishCommand({ TopicArn: topicArn, Subject: "Grüße", Message: "a & b < c = d é" }),
      );
      assert.match(MessageId ?? "", /^[0-9a-f-]{36}$/);
      assert.match(await mail(1), /^Subject: =\?UTF-8\?/m);
      assert.match(unfolded(await mail(1)), /\n\na & b < c = d =C3=A9\n/);
      assert.equal(signed[0]?.service, "sns");
      assert.match(signed[0].bodySha256 ?? "", /^[0-9a-f]{64}$/);
    });

    it("picks the text of the subscriber's protocol out of a structured message", async () => {
      await subscribe();
      const texts = { default: "for all", email: "for mail" };
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          MessageStructure: "json",
          Message: JSON.stringify(texts),
        }),
      );
      assert.match(await mail(1), /\n\nfor mail\n/);
    });

    it("takes a message of 256 KB, and not a byte more", async () => {
      await client.send(new PublishCommand({ TopicArn: topicArn, Message: "é".repeat(131_072) }));
      await assert.rejects(
        client.send(new PublishCommand({ TopicArn: topicArn, Message: "e".repeat(262_145) })),
        { name: "InvalidParameterException", message: "Invalid parameter: Message too long" },
      );
    });

    it("answers a refusal as the SDK expects it", async () => {
      decision = deny;
      await assert.rejects(
        client.send(new PublishCommand({ TopicArn: topicArn, Message: "hello" })),
        (error: Error & { $metadata: { httpStatusCode: number } }) =>
          error.name === "AuthorizationErrorException" && error.$metadata.httpStatusCode === 403,
      );
    });

    it("knows no topic that was not created", async () => {
      await assert.rejects(
        client.send(new PublishCommand({ TopicArn: `${topicArn}2`, Message: "hello" })),
        { name: "NotFoundException" },
      );
    });

    it("refuses a request that nobody signed", async () => {
      signer = { kind: "anonymous" };
      await assert.rejects(
        client.send(new PublishCommand({ TopicArn: topicArn, Message: "hello" })),
        { name: "MissingAuthenticationToken" },
      );
    });

    it("answers in the words of the signature check", async () => {
      refusal = new AwsError("SignatureDoesNotMatch", "The signature is <wrong>", 403);
      await assert.rejects(
        client.send(new PublishCommand({ TopicArn: topicArn, Message: "hello" })),
        { name: "SignatureDoesNotMatch", message: "The signature is <wrong>" },
      );
    });

    it("names an action that it does not have", async () => {
      await assert.rejects(
        client.send(
          new SubscribeCommand({ TopicArn: topicArn, Protocol: "email", Endpoint: endpoint }),
        ),
        { name: "NotImplemented", message: "The local cloud does not emulate Subscribe of SNS." },
      );
    });

    it("publishes many messages at once", async () => {
      const entries: PublishBatchRequestEntry[] = [
        { Id: "a", Message: "first", MessageGroupId: "tenant" },
        {
          Id: "b_-2",
          Message: "second",
          Subject: "Second",
          MessageAttributes: { colour: { DataType: "String", StringValue: "red" } },
        },
      ];
      const publish = (...PublishBatchRequestEntries: PublishBatchRequestEntry[]) =>
        client.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries }));
      const { Successful = [], Failed } = await publish(...entries);
      assert.deepEqual(
        Successful.map(({ Id, MessageId = "" }) => [Id, MessageId.length]),
        [
          ["a", 36],
          ["b_-2", 36],
        ],
      );
      assert.deepEqual(Failed, []);
      const named = (id: string, Message = "x") => ({ Id: id, Message });
      const long = "a".repeat(81);
      for (const [batch, Code, message] of [
        [[], "EmptyBatchRequest", /any entries/],
        [
          Array.from({ length: 11 }, (_, index) => named(String(index))),
          "TooManyEntriesInBatchRequest",
          /more entries/,
        ],
        [[named("a"), named("a")], "BatchEntryIdsNotDistinct", /the same Id/],
        [[named("a.b")], "InvalidBatchEntryId", /impermissible character: a\.b$/],
        [[named(long)], "InvalidBatchEntryId", new RegExp(`is too long: ${long}$`)],
        [
          [named("a", "x".repeat(200_000)), named("b", "x".repeat(100_000))],
          "BatchRequestTooLong",
          /^The length of all the messages put together is more than the limit\.$/,
        ],
      ] as const) {
        await assert.rejects(publish(...batch), { Code, message });
      }
      decision = deny;
      await assert.rejects(publish(named("a")), { Code: "AuthorizationError" });
    });

    it("publishes nothing of a batch when SNS refuses one of its messages", async () => {
      await subscribe();
      const publish = (TopicArn: string, second: Partial<PublishBatchRequestEntry>) =>
        client.send(
          new PublishBatchCommand({
            TopicArn,
            PublishBatchRequestEntries: [
              { Id: "a", Message: "first" },
              { Id: "b", Message: "second", ...second },
            ],
          }),
        );
      const value = (StringValue: string, DataType?: string) => ({
        MessageAttributes: { a: { DataType, StringValue } },
      });
      const before = await inbox();
      for (const [arn, second, Code, message] of [
        ["alerts", {}, "InvalidParameter", /6 elements/],
        [topicArn, value("x".repeat(262_140), "String"), "BatchRequestTooLong", /more than/],
        [
          topicArn,
          value("x"),
          "ValidationError",
          /'publishBatchRequestEntries\.2\.member\.messageAttributes\.a\.member\.dataType'/,
        ],
        [topicArn, value("x", "Text"), "ParameterValueInvalid", /invalid message attribute type/],
        [topicArn, { Message: "" }, "InvalidParameter", /Empty message/],
        [topicArn, { MessageStructure: "json" }, "InvalidParameter", /failed to parse/],
        [topicArn, { MessageDeduplicationId: "once" }, "InvalidParameter", /topic type/],
      ] as const) {
        await assert.rejects(publish(arn, second), { Code, message });
      }
      assert.deepEqual(await inbox(), before);
    });

    it("does not send text messages", async () => {
      await assert.rejects(
        client.send(new PublishCommand({ PhoneNumber: "+15550100", Message: "hello" })),
        { name: "NotImplemented" },
      );
    });

    it("frees its port when it is stopped", async () => {
      const port = Number(new URL(sns.url).port);
      await sns.stop();
      await sns.stop();
      const other = createServer();
      assert.equal(await listen(other, port), port);
      await close(other);
    });
  });
});
