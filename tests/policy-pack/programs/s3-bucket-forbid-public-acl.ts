import { resource } from "../support/program";
import type { RuleProgram } from "../support/six-ways";

const type = "aws:s3/bucketAcl:BucketAcl";

export const programs: RuleProgram[] = [
  {
    title: "complies",
    resources: [resource(type, "acl", { bucket: "images", acl: "private" })],
    decisive: ["acl", "acl"],
    undecided: { unjudged: ['aws.s3.BucketAcl "acl" (acl)'] },
  },
  {
    title: "violates it explicitly",
    resources: [resource(type, "acl", { bucket: "images", acl: "public-read" })],
    violations: ['aws.s3.BucketAcl "acl" has the ACL public-read'],
    decisive: ["acl", "acl"],
    undecided: { unjudged: ['aws.s3.BucketAcl "acl" (acl)'] },
  },
];
