import { arn, block, list, map, oneOf, regional, required, text } from "./rule";
import type { RulesByType } from "./rule";

/** What the provider accepts of GuardDuty. */
export const guarddutyRules: RulesByType = {
  "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan": regional({
    actions: list(
      block({
        taggings: required(list(block({ status: required(text(oneOf("ENABLED", "DISABLED"))) }))),
      }),
    ),
    protectedResource: required(
      block({
        s3Bucket: required(block({ bucketName: required(text()), objectPrefixes: list(text()) })),
      }),
    ),
    role: required(text(arn())),
    tags: map(),
  }),
};
