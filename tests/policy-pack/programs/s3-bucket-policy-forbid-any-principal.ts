import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

function policy(principal: unknown) {
  const statement = {
    Effect: "Allow",
    Principal: principal,
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::images/*",
  };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
    bucket: "images",
    policy: document,
  });
}

const undecided = { unjudged: ['aws.s3.BucketPolicy "policy" (policy)'] };

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [policy({ AWS: "arn:aws:iam::123456789012:role/reader" })],
    decisive: ["policy", "policy"],
    undecided,
  },
  {
    title: "lets anybody in",
    resources: [policy("*")],
    violations: ['aws.s3.BucketPolicy "policy" lets anybody do s3:GetObject'],
    decisive: ["policy", "policy"],
    undecided,
  },
];
