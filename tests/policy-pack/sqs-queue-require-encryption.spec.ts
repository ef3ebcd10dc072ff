import { sqsQueueRequireEncryption as policy } from "../../policy-pack/policies/sqs-queue-require-encryption";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("sqs-queue-require-encryption", () => {
  const queue = resource("aws:sqs/queue:Queue", "jobs", { sqsManagedSseEnabled: true });
  const problem = 'aws.sqs.Queue "jobs" declares no encryption';

  it("accepts a queue encrypted by SQS, or with a KMS key", async () => {
    await assertAccepted(policy, [
      queue,
      resource(queue.type, "jobs", { kmsMasterKeyId: "alias/jobs" }),
    ]);
  });

  it("accepts what is not known yet", async () => {
    await assertAccepted(policy, [
      spoiled(queue, { sqsManagedSseEnabled: outputOf() }),
      spoiled(queue, { sqsManagedSseEnabled: undefined, kmsMasterKeyId: outputOf() }),
    ]);
  });

  for (const value of [undefined, false]) {
    it(`refuses a queue with sqsManagedSseEnabled ${String(value)}`, async () => {
      await assertRefused(policy, [spoiled(queue, { sqsManagedSseEnabled: value })], problem);
    });
  }
});
