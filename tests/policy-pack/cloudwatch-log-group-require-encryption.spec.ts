import { cloudwatchLogGroupRequireEncryption as policy } from "../../policy-pack/policies/cloudwatch-log-group-require-encryption";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("cloudwatch-log-group-require-encryption", () => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "/aws/lambda/upload", {
    kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1234",
  });
  const settings = { requireKey: true };

  it("accepts any log group by default", async () => {
    await assertAccepted(policy, [group, spoiled(group, { kmsKeyId: undefined })]);
  });

  it("accepts a log group with a key, known or not, where one is asked for", async () => {
    await assertAccepted(policy, [group, spoiled(group, { kmsKeyId: outputOf() })], { settings });
  });

  it("refuses a log group without a key where one is asked for", async () => {
    await assertRefused(
      policy,
      [spoiled(group, { kmsKeyId: undefined })],
      'aws.cloudwatch.LogGroup "/aws/lambda/upload" has no KMS key',
      { settings },
    );
  });
});
