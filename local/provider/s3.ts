import type { S3 } from "../aws/s3/s3";
import { checkBucketName } from "../aws/s3/store/bucket-names";
import type { Account } from "../aws/types";
import { counted } from "./counted";
import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, PlanResource, ResourceRequest, ResourceTypes } from "./resource";
import { planBucketObject } from "./s3-bucket-object";
import { bucketSettings, planBucketSetting } from "./s3-bucket-settings";
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
  const settings = Object.entries(bucketSettings).map(([type, setting]): [string, PlanResource] => [
    type,
    (request) => planBucketSetting(s3, account, request, setting),
  ]);
  return {
    "aws:s3/bucket:Bucket": (request) => planBucket(s3, account, request),
    ...Object.fromEntries(settings),
    "aws:s3/bucketNotification:BucketNotification": (request) =>
      planBucketNotification(s3, account, request),
    "aws:s3/bucketObjectv2:BucketObjectv2": (request) => planBucketObject(s3, account, request),
    "aws:s3/bucketObject:BucketObject": (request) => planBucketObject(s3, account, request),
  };
}

function planBucket(s3: S3, account: Account, request: ResourceRequest): PlannedResource {
  for (const input of inlineInputs) {
    if (input in request.inputs) {
      throw new NotEmulated(
        request,
        `the deprecated input ${input} of a bucket; use the resource of its own that replaces it`,
      );
    }
  }
  const bucket = bucketName(request);
  checkBucketName(bucket);
  const inputs = request.inputs as {
    forceDestroy?: boolean;
    objectLockEnabled?: boolean;
    tags?: Record<string, string>;
  };
  const { objectLockEnabled = false, tags = {}, forceDestroy: force = false } = inputs;
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
      ...(objectLockEnabled && {
        versioning: { enabled: true, mfaDelete: false },
        objectLockConfiguration: { objectLockEnabled: "Enabled" },
      }),
      region: account.region,
      tagsAll: tags,
    },
    create: () => {
      s3.createBucket(bucket, { objectLockEnabled });
      s3.configureBucket(bucket, { tags });
    },
    update: () => {
      s3.configureBucket(bucket, { tags });
    },
    remove: () => {
      s3.deleteBucket(bucket, { force });
    },
    requireRemovable: (ids) => {
      s3.requireDeletable(bucket, { force, goneBefore: keysIn(bucket, ids) });
    },
    content: (ids) => counted(s3.objectCount(bucket, keysIn(bucket, ids)), "object"),
    // It is on the disk, with all that is in it.
    restore: () => undefined,
    read: () => (s3.hasBucket(bucket) ? { ...request.inputs, ...tagsOf(s3, bucket) } : undefined),
  };
}

/** The keys of the objects of a bucket that are among resources of these ids. */
function keysIn(bucket: string, ids: ReadonlySet<string>): ReadonlySet<string> {
  const objects = [...ids].filter((id) => id.startsWith(`${bucket}/`));
  return new Set(objects.map((id) => id.slice(bucket.length + 1)));
}

function tagsOf(s3: S3, bucket: string): { tags?: Readonly<Record<string, string>> } {
  const { tags = {} } = s3.bucketConfiguration(bucket);
  return Object.keys(tags).length > 0 ? { tags } : {};
}

function bucketName(request: ResourceRequest): string {
  const { bucket, bucketPrefix } = request.inputs;
  return typeof bucketPrefix === "string" && bucket === undefined
    ? bucketPrefix + request.stableId("bucket", 26, "0123456789")
    : request.physicalName("bucket");
}
