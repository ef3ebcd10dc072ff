import { nist } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { mayBe, nestedValues } from "../lib/values";

const versioningTypes = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
];

export const s3BucketRequireVersioning = stackRule({
  name: "s3-bucket-require-versioning",
  description: "S3 buckets keep versions of their objects.",
  severity: "medium",
  topic: "s3",
  references: [nist("S3.14")],
  remediationSteps: "Add an aws.s3.BucketVersioning for the bucket with the status Enabled.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  check(stack, report) {
    for (const bucket of stack.ofType(...bucketTypes)) {
      const inline = ["versioning", "versionings"].flatMap((property) =>
        nestedValues(bucket.input(property), "enabled"),
      );
      const separate = stack
        .referring(bucket, "bucket", versioningTypes)
        .map((versioning) => versioning.get("versioningConfiguration", "status"));
      const versioned =
        // Object Lock turns versioning on.
        bucket.get("objectLockEnabled") === true ||
        inline.some((enabled) => mayBe(enabled, true)) ||
        separate.some((status) => mayBe(status, "Enabled"));
      if (!versioned) {
        report(bucket, "keeps no versions");
      }
    }
  },
});
