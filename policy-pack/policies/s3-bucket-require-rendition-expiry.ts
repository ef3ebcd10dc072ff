import { isEnabled, lifecycleRulesOf } from "../lib/lifecycle-rules";
import type { Block } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { bucketTypes, distributionType } from "../lib/types";
import { isKnown } from "../lib/values";

const functionUrlType = "aws:lambda/functionUrl:FunctionUrl";

/** What can be made again when it is asked for is a cache, and one that only grows. */
export const s3BucketRequireRenditionExpiry = stackRule({
  name: "s3-bucket-require-rendition-expiry",
  description:
    "S3 buckets of what a function makes again where it is missing, behind a CloudFront origin group, expire it.",
  severity: "low",
  topic: "s3",
  remediationSteps:
    "Add to the bucket's aws.s3.BucketLifecycleConfiguration a rule with expiration.days.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-set-lifecycle-configuration-intro.html",
  types: bucketTypes,
  check(bucket, report, _settings, stack) {
    const isCache = stack
      .referring(bucket, "origins", [distributionType])
      .some(
        (distribution) =>
          distribution.blocks("originGroups").length > 0 &&
          stack.referred(distribution, "origins", [functionUrlType]).length > 0,
      );
    const rules = lifecycleRulesOf(bucket, stack);
    if (isCache && !bucket.some(rules, expires)) {
      report("keeps for ever what a function can make again");
    }
  },
});

function expires(rule: Block): boolean {
  return (
    isEnabled(rule) &&
    rule
      .knownNested("days", "expiration")
      .some((days) => !isKnown(days) || typeof days === "number")
  );
}
