import { fsbp } from "../lib/reference";
import { resourceRule } from "../lib/rule";
import { bucketTypes } from "../lib/types";
import { nestedValues } from "../lib/values";

/** `authenticated-read` admits whoever has any AWS account. */
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

const publicGroup = /^http:\/\/acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

export const s3BucketForbidPublicAcl = resourceRule({
  name: "s3-bucket-forbid-public-acl",
  description: "ACLs of S3 buckets and objects grant nothing to everybody.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "public-access",
  references: [fsbp("S3.2"), fsbp("S3.3"), fsbp("S3.12")],
  remediationSteps:
    "Remove the ACL, and turn ACLs off by aws.s3.BucketOwnershipControls with BucketOwnerEnforced.",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  types: [
    ...bucketTypes,
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketAclV2:BucketAclV2",
    "aws:s3/bucketObject:BucketObject",
    "aws:s3/bucketObjectv2:BucketObjectv2",
    "aws:s3/objectCopy:ObjectCopy",
  ],
  check(resource, report) {
    const acl = resource.known("acl");
    if (typeof acl === "string" && publicAcls.includes(acl)) {
      report(`has the ACL ${acl}`);
    }
    const grants = [resource.known("grants"), resource.known("accessControlPolicy")];
    const groups = grants.flatMap((grant) => nestedValues(grant, "uri"));
    if (groups.some((uri) => typeof uri === "string" && publicGroup.test(uri))) {
      report("has an ACL that grants access to everybody");
    }
  },
});
