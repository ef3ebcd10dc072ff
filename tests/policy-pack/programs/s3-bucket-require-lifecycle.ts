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

/** All that the rule asks of a rule of which nothing is known. */
function undecidedBy(rules: string, holder = "") {
  const asked = [
    `${rules}.abortIncompleteMultipartUpload`,
    `${rules}.abortIncompleteMultipartUploadDays`,
    `${rules}.status`,
    rules,
    `${rules}.filter`,
  ].map((property) => property + holder);
  return { unjudged: [`aws.s3.Bucket "images" (${asked.join(", ")})`] };
}

const undecided = undecidedBy("rules", ' of aws.s3.BucketLifecycleConfiguration "lifecycle"');

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket], violations },
  {
    title: "has it inline",
    resources: [
      resource("aws:s3/bucket:Bucket", "images", {
        lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }],
      }),
    ],
    decisive: ["images", "lifecycleRules"],
    undecided: undecidedBy("lifecycleRules"),
  },
  {
    title: "has it by a resource of its own",
    resources: [bucket, separate(7)],
    decisive: ["lifecycle", "rules"],
    undecided,
  },
  {
    title: "aborts too late",
    resources: [bucket, separate(90)],
    violations,
    decisive: ["lifecycle", "rules"],
    undecided,
  },
  {
    title: "aborts some uploads only",
    resources: [bucket, separate(7, { prefix: "tmp/" })],
    violations,
    decisive: ["lifecycle", "rules"],
    undecided,
  },
];
