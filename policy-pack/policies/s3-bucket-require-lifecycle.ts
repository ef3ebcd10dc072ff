import { fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { at, isKnown, listOf, mayBe, mayLieBetween, nestedValues } from "../lib/values";

const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

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
  check(stack, report, { maximumDays }) {
    for (const bucket of stack.ofType(...bucketTypes)) {
      const rules = [
        bucket.input("lifecycleRules"),
        ...stack.referring(bucket, "bucket", lifecycleTypes).map((one) => one.get("rules")),
      ].flatMap(listOf);
      if (!rules.some((rule) => abortsUploads(rule, maximumDays))) {
        report(bucket, `does not abort uploads within ${maximumDays} days`);
      }
    }
  },
});

function abortsUploads(rule: unknown, maximumDays: number): boolean {
  const separate = nestedValues(at(rule, "abortIncompleteMultipartUpload"), "daysAfterInitiation");
  // What inline rules of a bucket call it.
  const days = [...separate, at(rule, "abortIncompleteMultipartUploadDays")];
  const isEnabled = mayBe(at(rule, "status"), "Enabled") || mayBe(at(rule, "enabled"), true);
  return isEnabled && coversBucket(rule) && days.some((one) => mayLieBetween(one, 1, maximumDays));
}

function coversBucket(rule: unknown): boolean {
  const limits = [...nestedValues(rule, "prefix"), ...nestedValues(at(rule, "filter"), "tag")];
  return limits.filter(isKnown).every((limit) => limit === "");
}
