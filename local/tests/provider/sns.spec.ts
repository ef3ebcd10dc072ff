import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decision, PolicyDocument } from "../../aws/iam/types";
import { Sns } from "../../aws/sns/sns";
import type { Properties, ResourceState } from "../../provider/resource";
import { snsResources } from "../../provider/sns";
import { createPlanned } from "./create-planned";

const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
const arn = "arn:aws:sns:us-east-1:123456789012:alerts-1a2b3c4";
const allow: Decision = { allowed: true, reason: "allow", explanation: "" };
const policy: PolicyDocument = {
  Statement: {
    Effect: "Allow",
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Action: "sns:Publish",
    Resource: arn,
  },
};

describe("snsResources", () => {
  let folder: string;
  let sns: Sns;
  let usedKeys: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-sns-"));
    usedKeys = [];
    sns = new Sns({
      account,
      dataDir: folder,
      inboxDir: join(folder, "inbox"),
      notify: () => undefined,
      clock: () => new Date("2026-01-15T10:00:00Z"),
      authenticator: { authenticate: () => ({ kind: "anonymous" }) },
      authorizer: { authorize: () => allow },
      keys: {
        authorizeUse: ({ keyId }) => {
          usedKeys.push(keyId);
          return allow;
        },
      },
    });
  });

  afterEach(() => rm(folder, { recursive: true }));

  const create = (type: string, inputs: Properties): Promise<ResourceState> => {
    return createPlanned(snsResources(sns, account), {
      type,
      name: "alerts",
      urn: `urn:pulumi:local::darkroom::${type}::alerts`,
      inputs,
      projectDir: "",
      physicalName: () => "alerts-1a2b3c4",
      stableId: () => "",
    });
  };
  const createTopic = (inputs: Properties = {}) => create("aws:sns/topic:Topic", inputs);

  it("creates an encrypted topic", async () => {
    const { id, outputs } = await createTopic({ kmsMasterKeyId: "alias/alerts" });
    assert.equal(id, arn);
    assert.equal(outputs.arn, arn);
    assert.equal(outputs.owner, "123456789012");
    assert.match(String(outputs.policy), /__default_policy_ID/);
    await sns.publish({ topicArn: arn, message: "hello", principal: { kind: "anonymous" } });
    assert.deepEqual(new Set(usedKeys), new Set(["alias/alerts"]));
  });

  it("refuses a FIFO topic", async () => {
    await assert.rejects(async () => createTopic({ fifoTopic: true }), { code: "NotImplemented" });
  });

  it("sets a topic's policy", async () => {
    await createTopic();
    const { id, outputs } = await create("aws:sns/topicPolicy:TopicPolicy", {
      arn,
      policy: JSON.stringify(policy),
    });
    assert.equal(id, arn);
    assert.equal(outputs.owner, "123456789012");
    assert.deepEqual(sns.topicPolicy(arn), policy);
  });

  it("subscribes a mail address", async () => {
    await createTopic();
    const { id, outputs } = await create("aws:sns/topicSubscription:TopicSubscription", {
      topic: arn,
      protocol: "email",
      endpoint: "ops@example.com",
    });
    assert.ok(id.startsWith(`${arn}:`));
    assert.equal(outputs.arn, id);
    assert.equal(outputs.pendingConfirmation, false);
    assert.equal((await readdir(join(folder, "inbox"))).length, 1);
  });

  it("refuses a subscription that filters", async () => {
    await createTopic();
    await assert.rejects(
      create("aws:sns/topicSubscription:TopicSubscription", {
        topic: arn,
        protocol: "email",
        endpoint: "ops@example.com",
        filterPolicy: "{}",
      }),
      /alerts: the local cloud does not emulate filterPolicy/,
    );
  });
});
