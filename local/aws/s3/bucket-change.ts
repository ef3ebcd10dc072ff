import { checkNotPublic, readPolicy } from "./bucket-policy";
import type { Environment } from "./call";
import { checkCorsRule } from "./cors-rules";
import { invalidArgument, S3Error } from "./errors";
import { readLifecycleRules } from "./lifecycle/rules";
import { bucketArn, checkNotifications } from "./notifications/configuration";
import { checkLockConfiguration } from "./object-lock";
import type { Bucket } from "./store/bucket";
import type { BucketConfiguration } from "./store/configuration";

/** Members of a bucket's configuration to be changed; `undefined` removes one. */
export type BucketChange = {
  [K in keyof BucketConfiguration]?: BucketConfiguration[K] | undefined;
};

/**
 * Checks a change of a bucket's configuration, whichever way it comes.
 *
 * @throws S3Error what S3 answers to a bad configuration.
 */
export function checkedChange(
  { account, invoker, store }: Environment,
  bucket: Bucket,
  change: BucketChange,
): BucketChange {
  if (change.policy) {
    checkNotPublic(bucket, readPolicy(account, bucket.name, change.policy));
  }
  if (change.versioning) {
    checkVersioning(bucket, change.versioning);
  }
  if (change.objectLock) {
    checkLockConfiguration(bucket, change.objectLock.defaultRetention);
  }
  if (change.encryption) {
    checkEncryption(change.encryption);
  }
  if (change.logging && !store.find(change.logging.targetBucket)) {
    throw new S3Error(
      "InvalidTargetBucketForLogging",
      "The target bucket for logging does not exist",
      400,
      { TargetBucket: change.logging.targetBucket },
    );
  }
  if (change.lifecycle) {
    readLifecycleRules(change.lifecycle);
  }
  if (change.notifications) {
    checkNotifications(change.notifications, bucketArn(account, bucket.name), invoker);
  }
  change.cors?.forEach(checkCorsRule);
  return change;
}

/** @throws S3Error `InvalidArgument` for a key that the algorithm does not take. */
function checkEncryption({ algorithm, kmsKeyId }: BucketConfiguration["encryption"]): void {
  if (algorithm === "AES256" && kmsKeyId !== undefined) {
    throw invalidArgument(
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      "ApplyServerSideEncryptionByDefault",
    );
  }
}

/** @throws S3Error `InvalidBucketState` when Object Lock needs versioning. */
function checkVersioning(bucket: Bucket, versioning: "Enabled" | "Suspended"): void {
  if (versioning === "Suspended" && bucket.configuration.objectLock) {
    throw new S3Error(
      "InvalidBucketState",
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
      409,
    );
  }
}
