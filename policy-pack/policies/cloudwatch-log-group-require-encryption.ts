import { resourceRule } from "../lib/rule";
import { logGroupType } from "../lib/types";
import { maySet } from "../lib/values";

/** CloudWatch Logs always encrypts; a key of the account's own is a team's choice. */
export const cloudwatchLogGroupRequireEncryption = resourceRule({
  name: "cloudwatch-log-group-require-encryption",
  description: "Log groups are encrypted with a KMS key, where a team asks for it.",
  severity: "medium",
  enforcementLevel: "mandatory",
  topic: "encryption",
  remediationSteps: "Set kmsKeyId to the ARN of a KMS key that CloudWatch Logs may use.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  settings: {
    requireKey: {
      type: "boolean",
      default: false,
      description: "Whether log groups need a KMS key.",
    },
  },
  types: [logGroupType],
  check(group, report, { requireKey }) {
    if (requireKey && !maySet(group.declared("kmsKeyId"))) {
      report("has no KMS key");
    }
  },
});
