import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { CloudWatch } from "../../../aws/cloudwatch/cloudwatch";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials } from "../../../aws/iam/types";
import { Kms } from "../../../aws/kms/kms";
import { Sns } from "../../../aws/sns/sns";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const topicArn = "arn:aws:sns:us-east-1:123456789012:alerts";
const keyId = "11111111-2222-4333-8444-555555555555";
const endpoint = "ops@example.com";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});

/** Lets the account do everything, and `service` what the statement names. */
function policyFor(action: string | string[], resource: string, service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: action,
        Resource: resource,
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      },
    ].slice(resource === "*" ? 0 : 1),
  });
}

describe("who may publish to a topic", () => {
  let folder: string;
  let lines: string[];
  let iam: Iam;
  let kms: Kms;
  let sns: Sns;
  let cloudWatch: CloudWatch;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-alerts-"));
    lines = [];
    const common = {
      account,
      dataDir: folder,
      notify: (line: string) => lines.push(line),
      clock: () => new Date(),
    };
    iam = new Iam(common);
    const access = { authenticator: iam, authorizer: iam };
    kms = new Kms({ ...common, ...access });
    sns = new Sns({ ...common, ...access, keys: kms, inboxDir: join(folder, "inbox") });
    cloudWatch = new CloudWatch({
      ...common,
      publish: (publication) => sns.publish(publication),
    });
    await sns.start();
    cloudWatch.putAlarm({
      name: "errors",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: {},
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      alarmActions: [topicArn],
    });
  });

  afterEach(async () => {
    await cloudWatch.stop();
    await sns.stop();
    await rm(folder, { recursive: true });
  });

  /** @returns the mails that came of it, without the one that confirms the subscription. */
  const raiseAlarm = async (): Promise<string[]> => {
    await sns.subscribe({ topicArn, protocol: "email", endpoint });
    cloudWatch.put({ namespace: "AWS/Lambda", name: "Errors", dimensions: {}, value: 1 });
    await cloudWatch.stop();
    const names = await readdir(join(folder, "inbox"));
    const alarms = names.filter((name) => name.includes("alarm"));
    return Promise.all(alarms.map((name) => readFile(join(folder, "inbox", name), "utf8")));
  };
  const publishAs = async (credentials: Credentials) => {
    const client = new SNSClient({ endpoint: sns.url, region: account.region, credentials });
    try {
      return await client.send(new PublishCommand({ TopicArn: topicArn, Message: "hello" }));
    } finally {
      client.destroy();
    }
  };
  const credentialsOf = (roleArn: string) =>
    iam.assumeRole({ roleArn, sessionName: "test", service: "lambda.amazonaws.com" });

  it("is an alarm of the account, by the default policy", async () => {
    sns.createTopic({ name: "alerts" });
    const [mail] = await raiseAlarm();
    assert.match(mail ?? "", /^Subject: ALARM: "errors" in US East \(N\. Virginia\)$/m);
  });

  it("is an alarm by a policy of the topic and of the key that name CloudWatch", async () => {
    const service = "cloudwatch.amazonaws.com";
    const actions = ["kms:Decrypt", "kms:GenerateDataKey*"];
    kms.createKey({ keyId, policy: policyFor(actions, "*", service) });
    sns.createTopic({ name: "alerts", kmsKeyId: keyId });
    sns.setTopicPolicy(topicArn, policyFor("sns:Publish", topicArn, service));
    assert.equal((await raiseAlarm()).length, 1);
  });

  it("is no alarm when the key's policy does not name CloudWatch", async () => {
    kms.createKey({ keyId });
    sns.createTopic({ name: "alerts", kmsKeyId: keyId });
    assert.deepEqual(await raiseAlarm(), []);
    assert.match(lines.join("\n"), /alarm errors could not notify .*: cloudwatch\.amazonaws\.com/);
  });

  it("is no alarm when the topic is encrypted with the key that AWS manages", async () => {
    sns.createTopic({ name: "alerts", kmsKeyId: "alias/aws/sns" });
    assert.deepEqual(await raiseAlarm(), []);
    assert.match(lines.join("\n"), /alarm errors could not notify/);
  });

  it("is no alarm when the topic's policy names another service", async () => {
    sns.createTopic({ name: "alerts" });
    sns.setTopicPolicy(topicArn, policyFor("sns:Publish", topicArn, "s3.amazonaws.com"));
    assert.deepEqual(await raiseAlarm(), []);
    assert.match(lines.join("\n"), /alarm errors could not notify/);
  });

  it("is the account's administrator", async () => {
    sns.createTopic({ name: "alerts" });
    assert.ok((await publishAs(iam.administrator)).MessageId);
  });

  it("is a role whose own policy allows it, and no other role", async () => {
    sns.createTopic({ name: "alerts" });
    const role = iam.createRole({ name: "notify", assumeRolePolicy: trust });
    await assert.rejects(publishAs(credentialsOf(role.arn)), {
      name: "AuthorizationErrorException",
    });
    iam.putRolePolicy(
      "notify",
      "publish",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
      }),
    );
    assert.ok((await publishAs(credentialsOf(role.arn))).MessageId);
  });

  it("is nobody with a wrong signature", async () => {
    sns.createTopic({ name: "alerts" });
    await assert.rejects(publishAs({ ...iam.administrator, secretAccessKey: "guess" }), {
      name: "SignatureDoesNotMatch",
    });
  });
});
