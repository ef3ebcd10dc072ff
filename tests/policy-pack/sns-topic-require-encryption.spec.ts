import { snsTopicRequireEncryption as policy } from "../../policy-pack/policies/sns-topic-require-encryption";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("sns-topic-require-encryption", () => {
  const key = resource("aws:kms/key:Key", "alerts-key", {});
  const topic = resource("aws:sns/topic:Topic", "alerts", { kmsMasterKeyId: "alias/alerts" });

  it("accepts a topic with a key, known or not", async () => {
    await assertAccepted(policy, [topic, spoiled(topic, { kmsMasterKeyId: outputOf(key) })]);
  });

  for (const missing of [undefined, ""]) {
    it(`refuses a topic whose key is ${missing ?? "missing"}`, async () => {
      await assertRefused(
        policy,
        [spoiled(topic, { kmsMasterKeyId: missing })],
        'aws.sns.Topic "alerts" is not encrypted',
      );
    });
  }

  for (const managed of ["alias/aws/sns", "arn:aws:kms:us-east-1:123456789012:alias/aws/sns"]) {
    it(`refuses ${managed}, which CloudWatch cannot use`, async () => {
      await assertRefused(
        policy,
        [spoiled(topic, { kmsMasterKeyId: managed })],
        'aws.sns.Topic "alerts" is encrypted with the AWS managed key, which other AWS services cannot use',
      );
    });
  }
});
