import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images");
const configurationType = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const violations = ['aws.s3.Bucket "images" does not abort uploads within 30 days'];

function separate(daysAfterInitiation: number, filter: object = {}) {
  const rule = {
    id: "uploads",
    status: "Enabled",
    filter,
    abortIncompleteMultipartUpload: { daysAfterInitiation },
  };
  return resource(configurationType, "lifecycle", { bucket: ref(bucket), rules: [rule] });
}

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket], violations },
  {
    title: "has it inline",
    resources: [
      resource("aws:s3/bucket:Bucket", "images", {
        lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
      }),
    ],
  },
  { title: "has it by a resource of its own", resources: [bucket, separate(7)] },
  { title: "aborts too late", resources: [bucket, separate(90)], violations },
  {
    title: "aborts some uploads only",
    resources: [bucket, separate(7, { prefix: "tmp/" })],
    violations,
  },
];
