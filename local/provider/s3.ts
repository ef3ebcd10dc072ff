import type { PolicyDocument } from "../aws/iam/types";
import type { S3 } from "../aws/s3/s3";
import type {
  BucketConfiguration,
  ObjectLockConfiguration,
  ObjectOwnership,
} from "../aws/s3/store/configuration";
import type { Account } from "../aws/types";
import type {
  PlannedResource,
  PlanResource,
  Properties,
  ResourceRequest,
  ResourceTypes,
} from "./resource";
import { planBucketObject } from "./s3-bucket-object";
import { lifecycleRule, withFilter } from "./s3-lifecycle";
import { planBucketNotification } from "./s3-notification";

/** Inputs of a bucket that resources of their own have replaced. */
const inlineInputs = [
  "accelerationStatus",
  "acl",
  "corsRules",
  "grants",
  "lifecycleRules",
  "logging",
  "objectLockConfiguration",
  "policy",
  "replicationConfiguration",
  "requestPayer",
  "serverSideEncryptionConfiguration",
  "versioning",
  "website",
];

/** https://docs.aws.amazon.com/general/latest/gr/s3.html */
const hostedZoneIds: Readonly<Record<string, string>> = {
  "us-east-1": "Z3AQBSTGFJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
};

/** The resource types of S3. Types that are not here, such as replication, are not emulated. */
export function s3Resources(s3: S3, account: Account): ResourceTypes {
  // Each reader states the inputs of its type; the program's SDK has checked them.
  const configures =
    (read: (inputs: never) => Partial<BucketConfiguration>): PlanResource =>
    (request) =>
      planConfiguration(s3, account, request, read(request.inputs as never));
  return {
    "aws:s3/bucket:Bucket": (request) => planBucket(s3, account, request),
    "aws:s3/bucketVersioning:BucketVersioning": configures(readVersioning),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
      configures(readEncryption),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": configures(readPublicAccessBlock),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": configures(readOwnership),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": configures(
      (inputs: { rules?: Properties[] }) => ({
        lifecycle: (inputs.rules ?? []).map((rule) => withFilter(lifecycleRule(rule))),
      }),
    ),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": configures(readCors),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration":
      configures(readObjectLock),
    "aws:s3/bucketPolicy:BucketPolicy": configures(readPolicy),
    "aws:s3/bucketNotification:BucketNotification": (request) =>
      planBucketNotification(s3, account, request),
    "aws:s3/bucketObjectv2:BucketObjectv2": (request) => planBucketObject(s3, account, request),
    "aws:s3/bucketObject:BucketObject": (request) => planBucketObject(s3, account, request),
  };
}

function planBucket(s3: S3, account: Account, request: ResourceRequest): PlannedResource {
  for (const input of inlineInputs) {
    if (input in request.inputs) {
      throw new Error(
        `${request.name}: the local cloud does not emulate the deprecated input ${input} of a bucket; use the resource of its own that replaces it`,
      );
    }
  }
  const bucket = bucketName(request);
  const { objectLockEnabled = false, tags = {} } = request.inputs as {
    objectLockEnabled?: boolean;
    tags?: Record<string, string>;
  };
  return {
    id: bucket,
    outputs: {
      forceDestroy: false,
      requestPayer: "BucketOwner",
      ...request.inputs,
      bucket,
      arn: `arn:${account.partition}:s3:::${bucket}`,
      bucketDomainName: `${bucket}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${bucket}.s3.${account.region}.amazonaws.com`,
      bucketRegion: account.region,
      hostedZoneId: hostedZoneIds[account.region],
      objectLockEnabled,
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      s3.createBucket(bucket, { objectLockEnabled });
      s3.configureBucket(bucket, { tags });
    },
  };
}

function bucketName(request: ResourceRequest): string {
  const { bucket, bucketPrefix } = request.inputs;
  return typeof bucketPrefix === "string" && bucket === undefined
    ? bucketPrefix + request.stableId("bucket", 26, "0123456789")
    : request.physicalName("bucket");
}

function planConfiguration(
  s3: S3,
  account: Account,
  request: ResourceRequest,
  change: Partial<BucketConfiguration>,
): PlannedResource {
  const bucket = request.inputs.bucket as string;
  return {
    id: bucket,
    outputs: { ...request.inputs, bucket, region: account.region },
    create: () => {
      s3.configureBucket(bucket, change);
    },
  };
}

function readVersioning(inputs: {
  versioningConfiguration: { status: string; mfaDelete?: string };
}): Partial<BucketConfiguration> {
  const { status, mfaDelete } = inputs.versioningConfiguration;
  if (mfaDelete === "Enabled") {
    throw new Error("The local cloud does not emulate MFA delete");
  }
  // `Disabled` is what a bucket is that was never versioned.
  return status === "Enabled" || status === "Suspended" ? { versioning: status } : {};
}

function readEncryption(inputs: {
  rules: {
    applyServerSideEncryptionByDefault?: { sseAlgorithm: string; kmsMasterKeyId?: string };
    bucketKeyEnabled?: boolean;
  }[];
}): Partial<BucketConfiguration> {
  const [rule] = inputs.rules;
  const { sseAlgorithm: algorithm = "AES256", kmsMasterKeyId: kmsKeyId } =
    rule?.applyServerSideEncryptionByDefault ?? {};
  return {
    encryption: {
      algorithm,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      bucketKeyEnabled: rule?.bucketKeyEnabled ?? false,
    },
  };
}

function readPublicAccessBlock(inputs: {
  blockPublicAcls?: boolean;
  ignorePublicAcls?: boolean;
  blockPublicPolicy?: boolean;
  restrictPublicBuckets?: boolean;
}): Partial<BucketConfiguration> {
  return {
    publicAccessBlock: {
      blockPublicAcls: inputs.blockPublicAcls ?? false,
      ignorePublicAcls: inputs.ignorePublicAcls ?? false,
      blockPublicPolicy: inputs.blockPublicPolicy ?? false,
      restrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
    },
  };
}

function readOwnership(inputs: {
  rule: { objectOwnership: ObjectOwnership };
}): Partial<BucketConfiguration> {
  return { ownership: inputs.rule.objectOwnership };
}

function readCors(inputs: {
  corsRules: {
    id?: string;
    allowedOrigins: string[];
    allowedMethods: string[];
    allowedHeaders?: string[];
    exposeHeaders?: string[];
    maxAgeSeconds?: number;
  }[];
}): Partial<BucketConfiguration> {
  return {
    cors: inputs.corsRules.map((rule) => ({ allowedHeaders: [], exposeHeaders: [], ...rule })),
  };
}

function readObjectLock(inputs: { rule?: ObjectLockConfiguration }): Partial<BucketConfiguration> {
  return { objectLock: inputs.rule ?? {} };
}

function readPolicy({ policy }: { policy: string | PolicyDocument }): Partial<BucketConfiguration> {
  return { policy: typeof policy === "string" ? (JSON.parse(policy) as PolicyDocument) : policy };
}
