import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { queueType } from "../lib/types";
import { mayBe, maySet } from "../lib/values";

export const sqsQueueRequireEncryption = resourceRule({
  name: "sqs-queue-require-encryption",
  description: "SQS queues declare server-side encryption.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [fsbp("SQS.1")],
  remediationSteps: "Set kmsMasterKeyId to a KMS key, or sqsManagedSseEnabled to true.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
  types: [queueType],
  check(queue, report) {
    const encrypted =
      maySet(queue.declared("kmsMasterKeyId")) || mayBe(queue.known("sqsManagedSseEnabled"), true);
    if (!encrypted) {
      report("declares no encryption");
    }
  },
});
