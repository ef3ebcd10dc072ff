import { anyoneProblem, openStatementsAt } from "../lib/any-principal";
import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";

export const s3BucketPolicyForbidAnyPrincipal = resourceRule({
  name: "s3-bucket-policy-forbid-any-principal",
  description: "Policies of S3 buckets and access points grant nothing to everybody.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("S3.2"), fsbp("S3.3")],
  remediationSteps:
    "Name the principals, or add a condition on the caller such as aws:PrincipalOrgID or aws:SourceArn.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  types: [
    ...bucketTypes,
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/accessPoint:AccessPoint",
    "aws:s3control/accessPointPolicy:AccessPointPolicy",
    "aws:s3control/bucketPolicy:BucketPolicy",
    "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
  ],
  check(resource, report) {
    const open = openStatementsAt(resource, "policy");
    if (open.length > 0) {
      report(anyoneProblem(open));
    }
  },
});
