import assert from "node:assert/strict";
import { AlertTopic } from "../../../components/operations/alert-topic";
import { alertKeyPolicy, alertTopicPolicy } from "../../../components/policies/alert-policy";
import { mockAccount, type MockedRun, runMocked } from "../../support/pulumi";

describe("AlertTopic", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => new AlertTopic("alerts", { email: "alerts@example.com" })));
  });

  it("encrypts with a key of its own, which rotates and which CloudWatch may use", () => {
    const { policy, ...key } = run.inputs("aws:kms/key:Key", "alerts-key");
    assert.deepEqual(key, { description: "Encrypts alerts", enableKeyRotation: true });
    assert.deepEqual(JSON.parse(String(policy)), alertKeyPolicy(mockAccount));
    assert.deepEqual(run.inputs("aws:sns/topic:Topic", "alerts"), {
      kmsMasterKeyId: "arn:mock:aws:kms/key:Key:alerts-key",
    });
  });

  it("names the key", () => {
    assert.deepEqual(run.inputs("aws:kms/alias:Alias", "alias/alerts-key"), {
      targetKeyId: "alerts-key-key-id",
    });
  });

  it("lets alarms of the account it is in publish", () => {
    const topicArn = "arn:mock:aws:sns/topic:Topic:alerts";
    const { arn, policy } = run.inputs("aws:sns/topicPolicy:TopicPolicy", "alerts-policy");
    assert.equal(arn, topicArn);
    assert.deepEqual(JSON.parse(String(policy)), alertTopicPolicy(topicArn, mockAccount));
  });

  it("sends e-mail", () => {
    assert.deepEqual(run.inputs("aws:sns/topicSubscription:TopicSubscription", "alerts-email"), {
      topic: "arn:mock:aws:sns/topic:Topic:alerts",
      protocol: "email",
      endpoint: "alerts@example.com",
    });
  });
});
