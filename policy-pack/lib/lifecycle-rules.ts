import type { Block, CheckedResource } from "./resource";
import type { CheckedStack } from "./stack";
import { mayBe } from "./values";

const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

/** The lifecycle rules of a bucket: its own, and those of resources of their own. */
export function lifecycleRulesOf(bucket: CheckedResource, stack: CheckedStack): Block[] {
  const separate = stack.referring(bucket, "bucket", lifecycleTypes);
  return [
    ...bucket.blocks("lifecycleRules"),
    ...separate.flatMap((configuration) => configuration.blocks("rules")),
  ];
}

/** Whether a lifecycle rule is in force, or may turn out to be. */
export function isEnabled(rule: Block): boolean {
  return mayBe(rule.known("status"), "Enabled") || mayBe(rule.known("enabled"), true);
}
