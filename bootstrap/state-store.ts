import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { recordedArgs } from "../components/recorded-args";
import { SecureBucket } from "../components/storage/secure-bucket";
import { type Account, expand } from "./permissions/scope";
import { stateBucketPolicy, stateKeyPolicy } from "./permissions/state-policies";

/** Arguments of `StateStore`. */
export interface StateStoreArgs {
  account: pulumi.Input<Account>;
  /** Days for which no version can be deleted for good; 0 for none. */
  lockDays: number;
  /** Days for which replaced and deleted versions are kept. */
  versionDays: number;
}

/**
 * A bucket for Pulumi's state, and the key that encrypts it and the secrets in it. The bucket is private, versioned and
 * locked: Pulumi replaces and deletes as it likes, and what was there before can be had back, also from somebody who
 * would like to destroy it. Neither can be deleted by a deployment.
 */
export class StateStore extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /** Known in previews, as the name is. */
  readonly bucketArn: pulumi.Output<string>;
  readonly key: aws.kms.Key;
  /** The key as Pulumi's `--secrets-provider` takes it. */
  readonly secretsProvider: pulumi.Output<string>;

  constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:bootstrap:StateStore", name, recordedArgs(args), opts);
    this.key = createKey(name, args, this);
    this.bucket = createBucket(name, args, this.key, this);
    this.bucketArn = pulumi
      .all([args.account, this.bucket.bucket])
      .apply(([account, bucket]) => expand(`s3:::${bucket}`, account));
    const { region } = aws.getRegionOutput({}, { parent: this });
    this.secretsProvider = pulumi.interpolate`awskms://alias/${name}?region=${region}`;
    this.registerOutputs({ bucket: this.bucket, key: this.key });
  }
}

function createKey(name: string, { account }: StateStoreArgs, parent: pulumi.Resource) {
  const key = new aws.kms.Key(
    `${name}-key`,
    {
      description: "Encrypts the state of Pulumi, and the secrets in it",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: pulumi.jsonStringify(pulumi.output(account).apply(stateKeyPolicy)),
    },
    { parent, protect: true },
  );
  // Named as it is: stacks' files refer to it.
  new aws.kms.Alias(`${name}-key`, { name: `alias/${name}`, targetKeyId: key.keyId }, { parent });
  return key;
}

function createBucket(
  name: string,
  { account, lockDays, versionDays }: StateStoreArgs,
  key: aws.kms.Key,
  parent: pulumi.Resource,
) {
  const store = new SecureBucket(
    name,
    {
      objectLockEnabled: true,
      protect: true,
      forceDestroy: false,
      noncurrentVersionDays: versionDays,
      encryptionKeyArn: key.arn,
    },
    { parent },
  );
  const statements = pulumi
    .all([store.bucket.bucket, account])
    .apply(([bucket, known]) => stateBucketPolicy(expand(`s3:::${bucket}`, known), known));
  const policy = store.attachPolicy(statements);
  const chain = { parent, dependsOn: [store.versioning, policy] };
  if (lockDays > 0) {
    new aws.s3.BucketObjectLockConfiguration(
      `${name}-lock`,
      {
        bucket: store.bucket.id,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: lockDays } },
      },
      chain,
    );
  }
  // Who first opens an empty bucket writes this, which previews may not.
  new aws.s3.BucketObjectv2(
    `${name}-layout`,
    {
      bucket: store.bucket.id,
      key: ".pulumi/meta.yaml",
      content: "version: 1\n",
      contentType: "application/yaml",
    },
    chain,
  );
  return store.bucket;
}
