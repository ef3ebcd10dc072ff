import { nist } from "../lib/reference";
import type { Block } from "../lib/resource";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { isKnown, nestedValues } from "../lib/values";

const configurationTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

/** Where the configuration is: in a resource of its own, or inline in the bucket. */
const properties = [
  "rules",
  "serverSideEncryptionConfiguration",
  "serverSideEncryptionConfigurations",
];

/**
 * S3 encrypts every new object with AES-256 since 2023. The rule asks for it all the same: what is
 * declared is compared at every deployment, and cannot be weakened behind the program's back.
 */
export const s3BucketRequireEncryption = stackRule({
  name: "s3-bucket-require-encryption",
  description: "S3 buckets declare default encryption.",
  severity: "high",
  enforcementLevel: "mandatory",
  topic: "encryption",
  references: [nist("S3.17")],
  remediationSteps:
    "Add an aws.s3.BucketServerSideEncryptionConfiguration for the bucket, with an accepted sseAlgorithm.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  settings: {
    algorithms: {
      type: "array",
      items: { type: "string", enum: ["AES256", "aws:kms", "aws:kms:dsse"] },
      default: ["AES256", "aws:kms", "aws:kms:dsse"],
      description: "Accepted values of sseAlgorithm.",
    },
  },
  types: bucketTypes,
  alone: {
    types: [...bucketTypes, ...configurationTypes],
    check(resource, report, { algorithms }) {
      const refused = algorithmsOf(resource)
        .filter(isKnown)
        .filter((algorithm) => !algorithms.some((accepted) => accepted === algorithm));
      if (refused.length > 0) {
        report(`encrypts with ${refused.join(", ")}, not with ${algorithms.join(" or ")}`);
      }
    },
  },
  check(bucket, report, _settings, stack) {
    const separate = stack.referring(bucket, "bucket", configurationTypes);
    if ([bucket, ...separate].every((holder) => algorithmsOf(holder).length === 0)) {
      report("declares no default encryption");
    }
  },
});

/** All values that AWS accepts are accepted by default, so one that is not known is no reason to tell. */
function algorithmsOf(holder: Block): unknown[] {
  return properties.flatMap((property) => nestedValues(holder.declared(property), "sseAlgorithm"));
}
