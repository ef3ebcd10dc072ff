import { nist } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { topicType } from "../lib/types";
import { maySet } from "../lib/values";

/** The key that AWS manages for SNS, in any form of its alias. */
const awsManagedKey = /(^|:)alias\/aws\/sns$/;

export const snsTopicRequireEncryption = resourceRule({
  name: "sns-topic-require-encryption",
  description: "SNS topics are encrypted with a customer managed KMS key.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [nist("SNS.1")],
  remediationSteps: "Create an aws.kms.Key and set kmsMasterKeyId to its ARN.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
  types: [topicType],
  check(topic, report) {
    // One that is not known yet is that of a resource, which AWS's own is not.
    const key = topic.declared("kmsMasterKeyId");
    if (!maySet(key)) {
      report("is not encrypted");
    } else if (typeof key === "string" && awsManagedKey.test(key)) {
      report("is encrypted with the AWS managed key, which other AWS services cannot use");
    }
  },
});
