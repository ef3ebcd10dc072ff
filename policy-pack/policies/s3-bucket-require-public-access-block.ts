import { cis, fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { mayBe } from "../lib/values";

const flags = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
] as const;

const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/**
 * The block of a whole account (`aws.s3.AccountPublicAccessBlock`) does not count: it belongs to
 * another stack as a rule, and whoever lifts it must not open every bucket.
 */
export const s3BucketRequirePublicAccessBlock = stackRule({
  name: "s3-bucket-require-public-access-block",
  description: "S3 buckets block all public access.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("S3.8"), cis("2.1.4")],
  remediationSteps: `Add an aws.s3.BucketPublicAccessBlock for the bucket with ${flags.join(", ")} set to true.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: bucketTypes,
  alone: {
    types: [blockType],
    check(block, report) {
      const off = flags.filter((flag) => !mayBe(block.known(flag), true));
      if (off.length > 0) {
        report(`does not set ${off.join(", ")}`);
      }
    },
  },
  check(bucket, report, _settings, stack) {
    if (stack.referring(bucket, "bucket", [blockType]).length === 0) {
      report("has no public access block");
    }
  },
});
