import { isEnabled, lifecycleRulesOf } from "../lib/lifecycle-rules";
import { fsbp } from "../lib/reference";
import type { Block } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { isKnown, mayLieBetween } from "../lib/values";

/** The parts of an upload that is never completed are kept, unseen and paid for. */
export const s3BucketRequireLifecycle = stackRule({
  name: "s3-bucket-require-lifecycle",
  description: "S3 buckets abort multipart uploads that are not completed.",
  severity: "low",
  topic: "s3",
  references: [fsbp("S3.13")],
  remediationSteps:
    "Add an aws.s3.BucketLifecycleConfiguration with abortIncompleteMultipartUpload for the whole bucket.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
  settings: {
    maximumDays: {
      type: "integer",
      minimum: 1,
      default: 30,
      description: "Days after which an upload is to be aborted at the latest.",
    },
  },
  types: bucketTypes,
  check(bucket, report, { maximumDays }, stack) {
    const rules = lifecycleRulesOf(bucket, stack);
    if (!bucket.some(rules, (rule) => abortsUploads(rule, maximumDays))) {
      report(`does not abort uploads within ${maximumDays} days`);
    }
  },
});

function abortsUploads(rule: Block, maximumDays: number): boolean {
  const days = [
    ...rule.knownNested("daysAfterInitiation", "abortIncompleteMultipartUpload"),
    // What inline rules of a bucket call it.
    rule.known("abortIncompleteMultipartUploadDays"),
  ];
  return (
    isEnabled(rule) && coversBucket(rule) && days.some((one) => mayLieBetween(one, 1, maximumDays))
  );
}

function coversBucket(rule: Block): boolean {
  const limits = [...rule.knownNested("prefix"), ...rule.knownNested("tag", "filter")];
  return limits.filter(isKnown).every((limit) => limit === "");
}
