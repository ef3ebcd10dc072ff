import * as pulumi from "@pulumi/pulumi";
import { SecureBucket as StackBucket } from "../components/storage/secure-bucket";
import { type BucketInfo, bucketInfo } from "./references";

/** When objects of a bucket expire. */
export interface Expiry {
  /** What keys begin with; empty for all. */
  prefix: string;
  /** Days after which an object is removed. */
  days: number;
}

/** Arguments of `SecureBucket`. */
export interface SecureBucketArgs {
  /** Whether objects can be locked against change and deletion; only possible at creation. Default false. */
  objectLockEnabled?: boolean;
  /** Whether the bucket refuses to be deleted or replaced by a deployment. Default true. */
  protect?: boolean;
  /** Whether a deployment that deletes the bucket empties it first. Default false. */
  forceDestroy?: boolean;
  /** When objects expire. Default never. */
  expiry?: Expiry[];
  /** Whether an Edge makes the bucket's policy, which then is not made here. Default false. */
  servedByEdge?: boolean;
}

/**
 * A bucket that is private, encrypted and versioned, without ACLs, by TLS only, its old versions and
 * abandoned uploads cleared away.
 */
export class SecureBucket extends pulumi.ComponentResource {
  /** Its name. */
  readonly bucketName: pulumi.Output<string>;
  /** Its ARN. */
  readonly bucketArn: pulumi.Output<string>;
  /** The bucket, for the argument results of an Edge. */
  readonly info: pulumi.Output<BucketInfo>;

  constructor(name: string, args: SecureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:index:SecureBucket", name, args, opts);
    const { objectLockEnabled, protect = true, forceDestroy = false, expiry = [] } = args;
    const made = new StackBucket(
      name,
      { objectLockEnabled, protect, forceDestroy, lifecycleRules: expiry.map(expiryRule) },
      { parent: this },
    );
    if (!args.servedByEdge) {
      made.attachPolicy();
    }
    this.bucketName = made.bucket.bucket;
    this.bucketArn = made.bucket.arn;
    this.info = bucketInfo(made.bucket);
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      info: this.info,
    });
  }
}

function expiryRule({ prefix, days }: Expiry, index: number) {
  return {
    id: `expire-${index + 1}`,
    status: "Enabled",
    filter: { prefix },
    expiration: { days },
  };
}
