import type { Call } from "./call";
import { notImplemented, S3Error } from "./errors";

/**
 * Refuses ACLs as buckets without them do, and grants to others, which are not emulated.
 *
 * @throws S3Error `AccessControlListNotSupported`, `NotImplemented`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export function checkAcl(call: Call): void {
  const acl = call.header("x-amz-acl");
  if (acl === undefined || acl === "bucket-owner-full-control") {
    return;
  }
  const bucket = call.environment.store.find(call.request.bucket);
  if (bucket?.configuration.ownership === "BucketOwnerEnforced") {
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
  }
  if (acl !== "private") {
    throw notImplemented(`x-amz-acl: ${acl}`);
  }
}
