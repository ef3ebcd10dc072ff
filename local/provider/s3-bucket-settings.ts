import { isDeepStrictEqual } from "node:util";
import type { PolicyDocument } from "../aws/iam/types";
import type { BucketChange } from "../aws/s3/bucket-change";
import type { S3 } from "../aws/s3/s3";
import { newBucketConfiguration } from "../aws/s3/store/configuration";
import type {
  AccessLogging,
  BucketConfiguration,
  ObjectLockConfiguration,
  ObjectOwnership,
} from "../aws/s3/store/configuration";
import type { Account } from "../aws/types";
import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, Properties, ResourceRequest } from "./resource";
import { lifecycleInputs, lifecycleRule, withFilter } from "./s3-lifecycle";

/** A part of a bucket's configuration that is a resource of its own. */
export interface BucketSetting {
  /** What the inputs, which the program's SDK has checked, ask for. */
  read: (inputs: Properties) => Partial<BucketConfiguration>;
  /** The inputs that would ask for what is configured; nothing where nothing is. */
  write: (configuration: Readonly<BucketConfiguration>) => Properties | undefined;
  /** What is configured once the resource is deleted. */
  reset: (configuration: Readonly<BucketConfiguration>) => BucketChange;
}

/** Each reader states the inputs of its type. */
function setting(
  read: (inputs: never) => Partial<BucketConfiguration>,
  write: BucketSetting["write"],
  reset: BucketSetting["reset"],
): BucketSetting {
  return { read: (inputs) => read(inputs as never), write, reset };
}

/** By resource type. */
export const bucketSettings: Readonly<Record<string, BucketSetting>> = {
  "aws:s3/bucketVersioning:BucketVersioning": setting(
    readVersioning,
    ({ versioning }) => versioning && { versioningConfiguration: { status: versioning } },
    ({ versioning, objectLock }) =>
      // Object Lock needs versioning, which can never be switched off, only suspended.
      versioning && !objectLock ? { versioning: "Suspended" } : {},
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    readEncryption,
    ({ encryption: { algorithm, kmsKeyId, bucketKeyEnabled } }) => ({
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: algorithm,
            ...(kmsKeyId !== undefined && { kmsMasterKeyId: kmsKeyId }),
          },
          bucketKeyEnabled,
        },
      ],
    }),
    () => ({ encryption: newBucketConfiguration.encryption }),
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
    readPublicAccessBlock,
    ({ publicAccessBlock }) => publicAccessBlock && { ...publicAccessBlock },
    () => ({ publicAccessBlock: undefined }),
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
    readOwnership,
    ({ ownership }) => ownership && { rule: { objectOwnership: ownership } },
    () => ({ ownership: undefined }),
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
    ({ rules = [] }: { rules?: Properties[] }) => ({
      lifecycle: rules.map((rule) => withFilter(lifecycleRule(rule))),
    }),
    ({ lifecycle }) => lifecycle && { rules: lifecycle.map(lifecycleInputs) },
    () => ({ lifecycle: undefined }),
  ),
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": setting(
    readCors,
    ({ cors }) => cors && { corsRules: cors },
    () => ({ cors: undefined }),
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting(
    ({ rule }: { rule?: ObjectLockConfiguration }) => ({ objectLock: rule ?? {} }),
    ({ objectLock }) => objectLock && { rule: objectLock },
    ({ objectLock }) => (objectLock ? { objectLock: {} } : {}),
  ),
  "aws:s3/bucketLogging:BucketLogging": setting(
    readLogging,
    ({ logging }) => logging && loggingInputs(logging),
    () => ({ logging: undefined }),
  ),
  "aws:s3/bucketPolicy:BucketPolicy": setting(
    ({ policy }: { policy: string | PolicyDocument }) => ({
      policy: typeof policy === "string" ? (JSON.parse(policy) as PolicyDocument) : policy,
    }),
    ({ policy }) => policy && { policy: JSON.stringify(policy) },
    () => ({ policy: undefined }),
  ),
};

export function planBucketSetting(
  s3: S3,
  account: Account,
  request: ResourceRequest,
  { read, write, reset }: BucketSetting,
): PlannedResource {
  const bucket = request.inputs.bucket as string;
  const change = read(request.inputs);
  return {
    id: bucket,
    outputs: { ...request.inputs, bucket, region: account.region },
    create: () => {
      s3.configureBucket(bucket, change);
    },
    remove: () => {
      s3.configureBucket(bucket, reset(s3.bucketConfiguration(bucket)));
    },
    // It is on the disk.
    restore: () => undefined,
    read: () => {
      const current = s3.hasBucket(bucket) ? s3.bucketConfiguration(bucket) : undefined;
      if (current && Object.entries(change).every(([name, value]) => isNow(current, name, value))) {
        return request.inputs;
      }
      const inputs = current && write(current);
      return inputs && { ...request.inputs, ...inputs };
    },
  };
}

function isNow(current: Readonly<BucketConfiguration>, name: string, value: unknown): boolean {
  return isDeepStrictEqual(texts(current[name as keyof BucketConfiguration]), texts(value));
}

/** Numbers and booleans that came by XML are texts. */
function texts(value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).length === 0
      ? {}
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each)]));
  }
  return String(value);
}

function readVersioning(inputs: {
  versioningConfiguration: { status: string; mfaDelete?: string };
}): Partial<BucketConfiguration> {
  const { status, mfaDelete } = inputs.versioningConfiguration;
  if (mfaDelete === "Enabled") {
    throw new NotEmulated({ name: "versioning" }, "MFA delete");
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

function readLogging(inputs: {
  targetBucket: string;
  targetPrefix: string;
  targetGrants?: unknown[];
  targetObjectKeyFormat?: {
    simplePrefix?: object;
    partitionedPrefix?: { partitionDateSource: "DeliveryTime" | "EventTime" };
  };
}): Partial<BucketConfiguration> {
  const { targetBucket, targetPrefix, targetGrants = [], targetObjectKeyFormat } = inputs;
  if (targetGrants.length > 0) {
    throw new NotEmulated({ name: "logging" }, "grants on access logs");
  }
  const folders = targetObjectKeyFormat?.partitionedPrefix?.partitionDateSource;
  const format = targetObjectKeyFormat && { folders: folders ?? ("none" as const) };
  return { logging: { targetBucket, targetPrefix, ...format } };
}

function loggingInputs({ folders, ...target }: AccessLogging): Properties {
  return {
    ...target,
    ...(folders && {
      targetObjectKeyFormat:
        folders === "none"
          ? { simplePrefix: {} }
          : { partitionedPrefix: { partitionDateSource: folders } },
    }),
  };
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
