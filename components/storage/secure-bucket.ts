import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketPolicy } from "../policies/bucket-policy";
import { recordedArgs } from "../recorded-args";

/**
 * Deleting from a versioned bucket adds a marker and frees nothing, and the parts of an abandoned
 * upload stay, unseen and paid for, until a rule removes them.
 */
function expireLeftovers(noncurrentDays: number): LifecycleRule {
  return {
    id: "expire-leftovers",
    status: "Enabled",
    filter: { prefix: "" },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    noncurrentVersionExpiration: { noncurrentDays },
    expiration: { expiredObjectDeleteMarker: true },
  };
}

/** Arguments of `SecureBucket`. */
export interface SecureBucketArgs {
  /**
   * Whether objects can be locked against change and deletion. Only possible at creation, and
   * without effect until a retention is set on the bucket or on an object. `@default` false
   */
  objectLockEnabled?: boolean;
  /** Whether the bucket refuses to be deleted or replaced by a deployment. */
  protect: boolean;
  /** Whether a deployment that deletes the bucket empties it first. */
  forceDestroy: boolean;
  /** Days after which a version that was replaced or deleted is gone for good. `@default` 30 */
  noncurrentVersionDays?: number;
  /** ARN of the KMS key that encrypts objects. `@default` keys that S3 manages */
  encryptionKeyArn?: pulumi.Input<string>;
  /** Lifecycle rules besides the one that clears leftovers away. `@default` none */
  lifecycleRules?: LifecycleRule[];
}

type LifecycleRule = aws.types.input.s3.BucketLifecycleConfigurationRule;

/**
 * A bucket for data that only this stack's roles reach: private, encrypted, versioned, its objects
 * owned by the account (no ACLs), old versions and abandoned uploads cleared away.
 *
 * It has no policy until `attachPolicy` is called, once, as a bucket has only one.
 *
 *     const bucket = new SecureBucket(`${name}-images`, { protect: true, forceDestroy: false });
 *     bucket.attachPolicy();
 */
export class SecureBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly versioning: aws.s3.BucketVersioning;
  private readonly publicAccessBlock: aws.s3.BucketPublicAccessBlock;
  private readonly name: string;

  constructor(name: string, args: SecureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:storage:SecureBucket", name, recordedArgs(args), opts);
    const { objectLockEnabled = false, protect, forceDestroy, lifecycleRules = [] } = args;
    const { noncurrentVersionDays = 30, encryptionKeyArn } = args;
    this.name = name;
    this.bucket = new aws.s3.Bucket(
      name,
      { objectLockEnabled, forceDestroy },
      { parent: this, protect },
    );
    this.versioning = new aws.s3.BucketVersioning(
      `${name}-versioning`,
      { bucket: this.bucket.id, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
    this.publicAccessBlock = closeToThePublic(name, this.bucket, this);
    encrypt(name, this.bucket, encryptionKeyArn, this);
    // A bucket has one lifecycle configuration, and so all of its rules are in this.
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        bucket: this.bucket.id,
        rules: [expireLeftovers(noncurrentVersionDays), ...lifecycleRules],
      },
      { parent: this, dependsOn: this.versioning },
    );
    this.registerOutputs({ bucket: this.bucket });
  }

  /** Attaches the bucket's policy: TLS only, and what `statements` say. */
  attachPolicy(statements: pulumi.Input<aws.iam.PolicyStatement[]> = []): aws.s3.BucketPolicy {
    // The end of the chain that `closeToThePublic` starts.
    const opts = { parent: this, dependsOn: this.publicAccessBlock };
    return attachBucketPolicy(`${this.name}-policy`, this.bucket, statements, opts);
  }
}

/** Attaches the policy of a bucket, of which it has one alone: TLS only, and what `statements` say. */
export function attachBucketPolicy(
  name: string,
  bucket: Pick<aws.s3.Bucket, "id" | "arn">,
  statements: pulumi.Input<aws.iam.PolicyStatement[]>,
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketPolicy {
  const document = pulumi
    .all([bucket.arn, statements])
    .apply(([arn, granted]) => bucketPolicy(arn, granted));
  const policy = pulumi.jsonStringify(document);
  return new aws.s3.BucketPolicy(name, { bucket: bucket.id, policy }, opts);
}

/**
 * Blocks ACLs and public policies. Ownership controls, public access block and policy are made one
 * after another: at once, S3 may refuse them with `OperationAborted`.
 */
function closeToThePublic(name: string, { id }: aws.s3.Bucket, parent: pulumi.Resource) {
  const ownership = new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  return new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket: id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent, dependsOn: ownership },
  );
}

/**
 * Encrypts with keys that S3 manages (AES-256) unless there is another. A KMS key adds a charge and a
 * throttled call to every object, and a grant to every reader and to CloudFront, to guard against nobody
 * new: who may read the objects is already decided by the roles' policies and the bucket's.
 */
function encrypt(
  name: string,
  { id }: aws.s3.Bucket,
  keyArn: pulumi.Input<string> | undefined,
  parent: pulumi.Resource,
) {
  const rule =
    keyArn === undefined
      ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
      : {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        };
  return new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket: id, rules: [rule] },
    { parent },
  );
}
