import type { Account } from "../types";
import { checkVersioning } from "./bucket-documents";
import { checkCorsRule } from "./cors-rules";
import { checkNotPublic, readPolicy } from "./bucket-policy";
import { checkLockConfiguration } from "./object-lock";
import type { Bucket } from "./store/bucket";
import type { BucketConfiguration } from "./store/configuration";

/**
 * Checks a change of a bucket's configuration as S3 does when it comes over HTTP.
 *
 * @throws S3Error what S3 answers to a bad configuration.
 */
export function checkedChange(
  account: Account,
  bucket: Bucket,
  change: Partial<BucketConfiguration>,
): Partial<BucketConfiguration> {
  if (change.policy) {
    checkNotPublic(bucket, readPolicy(account, bucket.name, change.policy));
  }
  if (change.versioning) {
    checkVersioning(bucket, change.versioning);
  }
  if (change.objectLock) {
    checkLockConfiguration(bucket, change.objectLock.defaultRetention);
  }
  change.cors?.forEach(checkCorsRule);
  return change;
}
