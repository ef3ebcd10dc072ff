import type { Call } from "./call";
import { accessDenied, invalidArgument, invalidRequest, notImplemented, S3Error } from "./errors";
import { newBucketConfiguration } from "./store/configuration";
import type { ObjectOwnership } from "./store/configuration";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedAcls = new Set([
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
  "log-delivery-write",
]);
const publicAcls = new Set(["public-read", "public-read-write", "authenticated-read"]);

/**
 * Refuses ACLs in headers as buckets without them do, and grants to others, which are not emulated.
 *
 * @throws S3Error `AccessControlListNotSupported`, `InvalidBucketAclWithObjectOwnership`, `AccessDenied`,
 * `InvalidArgument`, `InvalidRequest`, `NotImplemented`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function checkAcl(call: Call): void {
  const { acl, grant } = headersOf(call);
  if (acl === undefined && grant === undefined) {
    return;
  }
  if (ownershipOf(call) === "BucketOwnerEnforced") {
    checkEnforced(call, acl);
    return;
  }
  const block = call.environment.store.find(call.request.bucket)?.configuration.publicAccessBlock;
  if (block?.blockPublicAcls && publicAcls.has(acl ?? "")) {
    throw accessDenied();
  }
  if (grant !== undefined || !isOwners(acl)) {
    throw notImplemented(grant ?? `x-amz-acl: ${acl ?? ""}`);
  }
}

/** The answer to ACLs where a bucket has none. */
export function aclsNotSupported(): S3Error {
  return new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
}

/** Who owns the objects of a call's bucket, or is to own those of a new one. */
export function ownershipOf(call: Call): ObjectOwnership | undefined {
  const bucket = call.environment.store.find(call.request.bucket);
  return bucket
    ? bucket.configuration.ownership
    : ((call.header("x-amz-object-ownership") as ObjectOwnership | undefined) ??
        newBucketConfiguration.ownership);
}

function headersOf(call: Call): { acl: string | undefined; grant: string | undefined } {
  const acl = call.header("x-amz-acl");
  const grant = Object.keys(call.request.headers).find((name) => name.startsWith("x-amz-grant-"));
  if (acl !== undefined && grant !== undefined) {
    throw invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
  }
  if (acl !== undefined && !cannedAcls.has(acl)) {
    throw invalidArgument("The canned ACL is not valid.", "x-amz-acl", acl);
  }
  return { acl, grant };
}

/** Of a new bucket, or of what is written to one; neither may grant others anything. */
function checkEnforced(call: Call, acl: string | undefined): void {
  if (!call.environment.store.find(call.request.bucket)) {
    if (!isOwners(acl)) {
      throw new S3Error(
        "InvalidBucketAclWithObjectOwnership",
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
        400,
      );
    }
  } else if (acl !== "bucket-owner-full-control") {
    throw aclsNotSupported();
  }
}

/** Whether an ACL grants the owner everything, and others nothing. */
function isOwners(acl: string | undefined): boolean {
  return acl === "private" || acl === "bucket-owner-full-control";
}
