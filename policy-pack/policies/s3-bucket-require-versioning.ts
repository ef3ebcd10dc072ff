import { nist } from "../lib/reference";
import type { Block, CheckedResource } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { mayBe } from "../lib/values";

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
  types: bucketTypes,
  check(bucket, report, _settings, stack) {
    const separate = stack
      .referring(bucket, "bucket", versioningTypes)
      .flatMap((versioning) => versioning.blocks("versioningConfiguration"));
    const isVersioned =
      // Object Lock turns versioning on.
      bucket.declared("objectLockEnabled") === true ||
      bucket.some([...inlineSettings(bucket), ...separate], isEnabled);
    if (!isVersioned) {
      report("keeps no versions");
    }
  },
});

function inlineSettings(bucket: CheckedResource): Block[] {
  return ["versioning", "versionings"].flatMap((property) => bucket.blocks(property));
}

function isEnabled(settings: Block): boolean {
  return mayBe(settings.known("enabled"), true) || mayBe(settings.known("status"), "Enabled");
}
