import { cis, fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { bucketTypes, publicAccessFlags } from "../lib/types";
import { mayBe } from "../lib/values";

/** Where buckets of aws-native have it. */
const inline = "publicAccessBlockConfiguration";

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
  remediationSteps: `Have an aws.s3.BucketPublicAccessBlock for the bucket with ${publicAccessFlags.join(", ")} set to true.`,
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  types: bucketTypes,
  alone: {
    types: [blockType, ...bucketTypes],
    check(resource, report) {
      for (const block of resource.type === blockType ? [resource] : resource.blocks(inline)) {
        const off = publicAccessFlags.filter((flag) => !mayBe(block.known(flag), true));
        if (off.length > 0) {
          report(`does not set ${off.join(", ")}`);
        }
      }
    },
  },
  check(bucket, report, _settings, stack) {
    const separate = stack.referring(bucket, "bucket", [blockType]);
    if (separate.length === 0 && bucket.declared(inline) === undefined) {
      report("has no public access block");
    }
  },
});
