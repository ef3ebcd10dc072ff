import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images", { bucket: "images-4f2a" });

function denial(value: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::images-4f2a", "arn:aws:s3:::images-4f2a/*"],
        Condition: { Bool: { "aws:SecureTransport": value } },
      },
    ],
  };
}

const violations = ['aws.s3.Bucket "images" has no policy that refuses requests without TLS'];

function policy(bucketName: unknown, value = "false") {
  const document = JSON.stringify(denial(value));
  return resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
    bucket: bucketName,
    policy: document,
  });
}

const undecided = {
  unjudged: ['aws.s3.Bucket "images" (policy of aws.s3.BucketPolicy "policy")'],
};

export const programs: RuleProgram[] = [
  { title: "says nothing", resources: [bucket], violations },
  {
    title: "has a policy by the bucket's id",
    resources: [bucket, policy(ref(bucket))],
    decisive: ["policy", "policy"],
    undecided,
  },
  { title: "has a policy by the bucket's name", resources: [bucket, policy("images-4f2a")] },
  {
    title: "has it inline",
    resources: [
      resource("aws:s3/bucket:Bucket", "images", {
        bucket: "images-4f2a",
        policy: JSON.stringify(denial("false")),
      }),
    ],
    decisive: ["images", "policy"],
    undecided: { unjudged: ['aws.s3.Bucket "images" (policy)'] },
  },
  {
    title: "refuses what is safe",
    resources: [bucket, policy(ref(bucket), "true")],
    violations,
    decisive: ["policy", "policy"],
    undecided,
  },
];
