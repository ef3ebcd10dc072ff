import { ref, resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const bucket = resource("aws:s3/bucket:Bucket", "images");
const blockType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

function block(blockPublicPolicy: boolean) {
  return resource(blockType, "block", {
    bucket: ref(bucket),
    blockPublicAcls: true,
    blockPublicPolicy,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}

const undecided = {
  unjudged: ['aws.s3.BucketPublicAccessBlock "block" (blockPublicPolicy)'],
};

export const programs: RuleProgram[] = [
  {
    title: "says nothing",
    resources: [bucket],
    violations: ['aws.s3.Bucket "images" has no public access block'],
  },
  {
    title: "complies",
    resources: [bucket, block(true)],
    decisive: ["block", "blockPublicPolicy"],
    undecided,
  },
  {
    title: "lets policies be public",
    resources: [bucket, block(false)],
    violations: ['aws.s3.BucketPublicAccessBlock "block" does not set blockPublicPolicy'],
    decisive: ["block", "blockPublicPolicy"],
    undecided,
  },
];
