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
  check(stack, report) {
    for (const bucket of stack.ofType(...bucketTypes)) {
      const blocks = stack.referring(bucket, "bucket", [
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      ]);
      const off = flags.filter((flag) => !blocks.some((block) => mayBe(block.get(flag), true)));
      if (blocks.length === 0) {
        report(bucket, "has no public access block");
      } else if (off.length > 0) {
        report(bucket, `has a public access block without ${off.join(", ")}`);
      }
    }
  },
});
