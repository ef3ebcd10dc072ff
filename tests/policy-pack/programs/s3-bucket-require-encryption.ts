import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-4f2a" });
const configurationType =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } };
const violations = ['aws.s3.Bucket "images" declares no default encryption'];

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket], violations },
  {
    title: "has it inline",
    resources: [
      resource("aws:s3/bucket:Bucket", "images", { serverSideEncryptionConfiguration: { rule } }),
    ],
    decisive: ["images", "serverSideEncryptionConfiguration"],
  },
  {
    title: "has it by the bucket's id",
    resources: [
      bucket,
      resource(configurationType, "encryption", { bucket: ref(bucket), rules: [rule] }),
    ],
    decisive: ["encryption", "rules"],
  },
  {
    title: "has it by the bucket's literal name",
    resources: [
      bucket,
      resource(configurationType, "encryption", { bucket: "images-4f2a", rules: [rule] }),
    ],
  },
  {
    title: "has it for another bucket",
    resources: [
      bucket,
      resource(configurationType, "encryption", { bucket: "results-9c1b", rules: [rule] }),
    ],
    violations,
  },
  {
    title: "has an algorithm that is not accepted",
    settings: { algorithms: ["aws:kms"] },
    resources: [
      bucket,
      resource(configurationType, "encryption", { bucket: ref(bucket), rules: [rule] }),
    ],
    violations: [
      'aws.s3.BucketServerSideEncryptionConfiguration "encryption" encrypts with AES256, not with aws:kms',
    ],
  },
];
