import { nist } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { mayBe, nestedValues } from "../lib/values";

const configurationTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
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
  check(stack, report, { algorithms }) {
    for (const bucket of stack.ofType(...bucketTypes)) {
      const separate = stack.referring(bucket, "bucket", configurationTypes);
      const used = [
        bucket.input("serverSideEncryptionConfiguration"),
        bucket.input("serverSideEncryptionConfigurations"),
        ...separate.map((configuration) => configuration.get("rules")),
      ].flatMap((configuration) => nestedValues(configuration, "sseAlgorithm"));
      if (used.length === 0) {
        report(bucket, "declares no default encryption");
      } else if (!used.some((algorithm) => mayBe(algorithm, ...algorithms))) {
        report(bucket, `is encrypted with ${used.join(", ")}, not with ${algorithms.join(" or ")}`);
      }
    }
  },
});
