import assert from "node:assert/strict";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Properties, ResourceState } from "../../provider/resource";
import { sqsResources } from "../../provider/sqs";
import { account, LocalSqs } from "../aws/sqs/support/local-sqs";
import { createPlanned } from "./create-planned";

const arn = "arn:aws:sqs:eu-west-1:123456789012:failures-1a2b3c4";
const policy = {
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: arn },
};

describe("sqsResources", () => {
  let local: LocalSqs;

  beforeEach(async () => {
    local = await LocalSqs.start();
  });

  afterEach(() => local.stop());

  const create = (
    type: string,
    inputs: Properties,
    name = "failures-1a2b3c4",
  ): Promise<ResourceState> => {
    return createPlanned(sqsResources(local.sqs, account), {
      type,
      name: "failures",
      urn: `urn:pulumi:local::darkroom::${type}::failures`,
      inputs,
      projectDir: "",
      physicalName: () => name,
      stableId: () => "",
    });
  };
  const createQueue = (inputs: Properties = {}, name?: string) =>
    create("aws:sqs/queue:Queue", inputs, name);

  async function attributesOf(QueueUrl: string): Promise<Record<string, string>> {
    const { Attributes = {} } = await local
      .client()
      .send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    return Attributes;
  }

  it("creates a queue with the provider's defaults and all computed outputs", async () => {
    const { id, outputs } = await createQueue({ tags: { Environment: "Production" } });
    assert.equal(id, `${local.sqs.url}/123456789012/failures-1a2b3c4`);
    assert.deepEqual(outputs, {
      arn,
      contentBasedDeduplication: false,
      deduplicationScope: "",
      delaySeconds: 0,
      fifoQueue: false,
      fifoThroughputLimit: "",
      kmsDataKeyReusePeriodSeconds: 300,
      kmsMasterKeyId: "",
      maxMessageSize: 262_144,
      messageRetentionSeconds: 345_600,
      name: "failures-1a2b3c4",
      namePrefix: "",
      policy: "",
      receiveWaitTimeSeconds: 0,
      redriveAllowPolicy: "",
      redrivePolicy: "",
      region: "eu-west-1",
      sqsManagedSseEnabled: true,
      tags: { Environment: "Production" },
      tagsAll: { Environment: "Production" },
      url: id,
      visibilityTimeoutSeconds: 30,
    });
    assert.equal((await attributesOf(id)).MaximumMessageSize, "262144");
  });

  it("passes on what is given", async () => {
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 3 });
    await createQueue();
    const { id } = await createQueue(
      {
        delaySeconds: 1,
        maxMessageSize: 1_048_576,
        messageRetentionSeconds: 1_209_600,
        receiveWaitTimeSeconds: 20,
        visibilityTimeoutSeconds: 900,
        redrivePolicy,
        policy: JSON.stringify({ Statement: { ...policy.Statement, Effect: "Allow" } }),
      },
      "source-1a2b3c4",
    );
    const attributes = await attributesOf(id);
    assert.equal(attributes.DelaySeconds, "1");
    assert.equal(attributes.MaximumMessageSize, "1048576");
    assert.equal(attributes.MessageRetentionPeriod, "1209600");
    assert.equal(attributes.ReceiveMessageWaitTimeSeconds, "20");
    assert.equal(attributes.VisibilityTimeout, "900");
    assert.equal(attributes.RedrivePolicy, redrivePolicy);
    assert.match(attributes.Policy ?? "", /Allow/);
  });

  for (const given of [JSON.stringify(policy), policy]) {
    it(`sets a queue's policy, given as ${typeof given}`, async () => {
      const { id } = await createQueue();
      const set = await create("aws:sqs/queuePolicy:QueuePolicy", { queueUrl: id, policy: given });
      assert.equal(set.id, id);
      assert.deepEqual(set.outputs, {
        queueUrl: id,
        policy: JSON.stringify(policy),
        region: "eu-west-1",
      });
      await assert.rejects(attributesOf(id), /explicit deny in a resource-based policy/);
    });
  }

  it("refuses queues that would be others in AWS", async () => {
    for (const inputs of [{ fifoQueue: true }, { kmsMasterKeyId: "alias/aws/sqs" }]) {
      await assert.rejects(
        async () => createQueue(inputs),
        new RegExp(`failures: the local cloud does not emulate ${Object.keys(inputs).join()}`),
      );
    }
  });
});
