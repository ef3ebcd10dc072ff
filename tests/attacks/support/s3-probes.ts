import * as s3 from "@aws-sdk/client-s3";
import { prefixes, type Target } from "./target";
import type { Probe } from "./probe";

/** What an operation on an object is made of. */
interface ObjectOperation {
  action: string;
  send: (client: s3.S3Client, object: { Bucket: string; Key: string }) => Promise<unknown>;
}

/** No version has this id, so that an operation on it changes nothing even where it is allowed. */
const VersionId = "null";
const retention = {
  Mode: "GOVERNANCE" as const,
  RetainUntilDate: new Date(Date.now() + 86_400_000),
};

const objectOperations: Record<string, ObjectOperation> = {
  GetObject: {
    action: "s3:GetObject",
    send: (client, object) => client.send(new s3.GetObjectCommand(object)),
  },
  HeadObject: {
    action: "s3:GetObject",
    send: (client, object) => client.send(new s3.HeadObjectCommand(object)),
  },
  "GetObject of a version": {
    action: "s3:GetObjectVersion",
    send: (client, object) => client.send(new s3.GetObjectCommand({ ...object, VersionId })),
  },
  PutObject: {
    action: "s3:PutObject",
    send: (client, object) => client.send(new s3.PutObjectCommand({ ...object, Body: "evil" })),
  },
  "PutObject with tags": {
    action: "s3:PutObjectTagging",
    send: (client, object) =>
      client.send(new s3.PutObjectCommand({ ...object, Body: "evil", Tagging: "a=b" })),
  },
  "PutObject with a retention": {
    action: "s3:PutObjectRetention",
    send: (client, object) =>
      client.send(
        new s3.PutObjectCommand({
          ...object,
          Body: "evil",
          ObjectLockMode: retention.Mode,
          ObjectLockRetainUntilDate: retention.RetainUntilDate,
        }),
      ),
  },
  CreateMultipartUpload: {
    action: "s3:PutObject",
    send: (client, object) => client.send(new s3.CreateMultipartUploadCommand(object)),
  },
  DeleteObject: {
    action: "s3:DeleteObject",
    send: (client, object) => client.send(new s3.DeleteObjectCommand(object)),
  },
  "DeleteObject of a version": {
    action: "s3:DeleteObjectVersion",
    send: (client, object) => client.send(new s3.DeleteObjectCommand({ ...object, VersionId })),
  },
  UploadPart: {
    action: "s3:PutObject",
    send: (client, object) =>
      client.send(
        new s3.UploadPartCommand({ ...object, UploadId: "none", PartNumber: 1, Body: "evil" }),
      ),
  },
  UploadPartCopy: {
    action: "s3:PutObject",
    send: (client, object) =>
      client.send(
        new s3.UploadPartCopyCommand({
          ...object,
          UploadId: "none",
          PartNumber: 1,
          CopySource: `${object.Bucket}/${object.Key}`,
        }),
      ),
  },
  CompleteMultipartUpload: {
    action: "s3:PutObject",
    send: (client, object) =>
      client.send(new s3.CompleteMultipartUploadCommand({ ...object, UploadId: "none" })),
  },
  DeleteObjects: {
    action: "s3:DeleteObject",
    send: (client, { Bucket, Key }) => deleteTogether(client, Bucket, { Key }),
  },
  "DeleteObjects of versions": {
    action: "s3:DeleteObjectVersion",
    send: (client, { Bucket, Key }) => deleteTogether(client, Bucket, { Key, VersionId }),
  },
  ListParts: {
    action: "s3:ListMultipartUploadParts",
    send: (client, object) => client.send(new s3.ListPartsCommand({ ...object, UploadId: "none" })),
  },
  AbortMultipartUpload: {
    action: "s3:AbortMultipartUpload",
    send: (client, object) =>
      client.send(new s3.AbortMultipartUploadCommand({ ...object, UploadId: "none" })),
  },
  "ListObjectVersions of one": {
    action: "s3:ListBucketVersions",
    send: (client, { Bucket, Key }) =>
      client.send(new s3.ListObjectVersionsCommand({ Bucket, Prefix: Key })),
  },
  GetObjectTagging: {
    action: "s3:GetObjectTagging",
    send: (client, object) => client.send(new s3.GetObjectTaggingCommand(object)),
  },
  PutObjectTagging: {
    action: "s3:PutObjectTagging",
    send: (client, object) =>
      client.send(new s3.PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } })),
  },
  DeleteObjectTagging: {
    action: "s3:DeleteObjectTagging",
    send: (client, object) => client.send(new s3.DeleteObjectTaggingCommand(object)),
  },
  GetObjectRetention: {
    action: "s3:GetObjectRetention",
    send: (client, object) => client.send(new s3.GetObjectRetentionCommand(object)),
  },
  PutObjectRetention: {
    action: "s3:PutObjectRetention",
    send: (client, object) =>
      client.send(new s3.PutObjectRetentionCommand({ ...object, Retention: retention })),
  },
  GetObjectLegalHold: {
    action: "s3:GetObjectLegalHold",
    send: (client, object) => client.send(new s3.GetObjectLegalHoldCommand(object)),
  },
  PutObjectLegalHold: {
    action: "s3:PutObjectLegalHold",
    send: (client, object) =>
      client.send(new s3.PutObjectLegalHoldCommand({ ...object, LegalHold: { Status: "ON" } })),
  },
};

/** Throws the error of the one object, which S3 answers with status 200. */
async function deleteTogether(
  client: s3.S3Client,
  Bucket: string,
  object: s3.ObjectIdentifier,
): Promise<void> {
  const { Errors } = await client.send(
    new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [object] } }),
  );
  const [error] = Errors ?? [];
  if (error) {
    const refusal = new Error(error.Message);
    throw Object.assign(refusal, { name: error.Code, $metadata: { httpStatusCode: 403 } });
  }
}

type BucketOperation = [
  operation: string,
  action: string,
  send: (client: s3.S3Client, Bucket: string) => Promise<unknown>,
];

const bucketOperations: BucketOperation[] = [
  ["HeadBucket", "s3:ListBucket", (c, Bucket) => c.send(new s3.HeadBucketCommand({ Bucket }))],
  ["ListObjects", "s3:ListBucket", (c, Bucket) => c.send(new s3.ListObjectsCommand({ Bucket }))],
  [
    "ListObjectsV2",
    "s3:ListBucket",
    (c, Bucket) => c.send(new s3.ListObjectsV2Command({ Bucket, Prefix: "images/" })),
  ],
  [
    "ListObjectVersions",
    "s3:ListBucketVersions",
    (c, Bucket) => c.send(new s3.ListObjectVersionsCommand({ Bucket })),
  ],
  [
    "ListMultipartUploads",
    "s3:ListBucketMultipartUploads",
    (c, Bucket) => c.send(new s3.ListMultipartUploadsCommand({ Bucket })),
  ],
  [
    "GetBucketLocation",
    "s3:GetBucketLocation",
    (c, Bucket) => c.send(new s3.GetBucketLocationCommand({ Bucket })),
  ],
  [
    "CreateBucket",
    "s3:CreateBucket",
    (c, Bucket) => c.send(new s3.CreateBucketCommand({ Bucket })),
  ],
  [
    "DeleteBucket",
    "s3:DeleteBucket",
    (c, Bucket) => c.send(new s3.DeleteBucketCommand({ Bucket })),
  ],
  [
    "GetBucketPolicy",
    "s3:GetBucketPolicy",
    (c, Bucket) => c.send(new s3.GetBucketPolicyCommand({ Bucket })),
  ],
  [
    "GetBucketPolicyStatus",
    "s3:GetBucketPolicyStatus",
    (c, Bucket) => c.send(new s3.GetBucketPolicyStatusCommand({ Bucket })),
  ],
  [
    "PutBucketPolicy",
    "s3:PutBucketPolicy",
    (c, Bucket) => c.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: "{}" })),
  ],
  [
    "DeleteBucketPolicy",
    "s3:DeleteBucketPolicy",
    (c, Bucket) => c.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
  ],
  [
    "GetPublicAccessBlock",
    "s3:GetBucketPublicAccessBlock",
    (c, Bucket) => c.send(new s3.GetPublicAccessBlockCommand({ Bucket })),
  ],
  [
    "PutPublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
    (c, Bucket) =>
      c.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: {} })),
  ],
  [
    "DeletePublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
    (c, Bucket) => c.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
  ],
  [
    "GetBucketVersioning",
    "s3:GetBucketVersioning",
    (c, Bucket) => c.send(new s3.GetBucketVersioningCommand({ Bucket })),
  ],
  [
    "PutBucketVersioning",
    "s3:PutBucketVersioning",
    (c, Bucket) =>
      c.send(
        new s3.PutBucketVersioningCommand({
          Bucket,
          VersioningConfiguration: { Status: "Suspended" },
        }),
      ),
  ],
  [
    "GetBucketEncryption",
    "s3:GetEncryptionConfiguration",
    (c, Bucket) => c.send(new s3.GetBucketEncryptionCommand({ Bucket })),
  ],
  [
    "DeleteBucketEncryption",
    "s3:PutEncryptionConfiguration",
    (c, Bucket) => c.send(new s3.DeleteBucketEncryptionCommand({ Bucket })),
  ],
  [
    "GetBucketCors",
    "s3:GetBucketCORS",
    (c, Bucket) => c.send(new s3.GetBucketCorsCommand({ Bucket })),
  ],
  [
    "DeleteBucketCors",
    "s3:PutBucketCORS",
    (c, Bucket) => c.send(new s3.DeleteBucketCorsCommand({ Bucket })),
  ],
  [
    "GetBucketLifecycleConfiguration",
    "s3:GetLifecycleConfiguration",
    (c, Bucket) => c.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
  ],
  [
    "DeleteBucketLifecycle",
    "s3:PutLifecycleConfiguration",
    (c, Bucket) => c.send(new s3.DeleteBucketLifecycleCommand({ Bucket })),
  ],
  [
    "GetObjectLockConfiguration",
    "s3:GetBucketObjectLockConfiguration",
    (c, Bucket) => c.send(new s3.GetObjectLockConfigurationCommand({ Bucket })),
  ],
  [
    "PutObjectLockConfiguration",
    "s3:PutBucketObjectLockConfiguration",
    (c, Bucket) =>
      c.send(
        new s3.PutObjectLockConfigurationCommand({
          Bucket,
          ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
        }),
      ),
  ],
  [
    "PutBucketEncryption",
    "s3:PutEncryptionConfiguration",
    (c, Bucket) =>
      c.send(
        new s3.PutBucketEncryptionCommand({
          Bucket,
          ServerSideEncryptionConfiguration: { Rules: [] },
        }),
      ),
  ],
  [
    "PutBucketCors",
    "s3:PutBucketCORS",
    (c, Bucket) =>
      c.send(new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [] } })),
  ],
  [
    "PutBucketLifecycleConfiguration",
    "s3:PutLifecycleConfiguration",
    (c, Bucket) =>
      c.send(
        new s3.PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules: [] },
        }),
      ),
  ],
  [
    "GetBucketNotificationConfiguration",
    "s3:GetBucketNotification",
    (c, Bucket) => c.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket })),
  ],
  [
    "PutBucketNotificationConfiguration",
    "s3:PutBucketNotification",
    (c, Bucket) =>
      c.send(
        new s3.PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {},
        }),
      ),
  ],
  [
    "GetBucketOwnershipControls",
    "s3:GetBucketOwnershipControls",
    (c, Bucket) => c.send(new s3.GetBucketOwnershipControlsCommand({ Bucket })),
  ],
  [
    "PutBucketOwnershipControls",
    "s3:PutBucketOwnershipControls",
    (c, Bucket) =>
      c.send(
        new s3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [] } }),
      ),
  ],
  [
    "GetBucketTagging",
    "s3:GetBucketTagging",
    (c, Bucket) => c.send(new s3.GetBucketTaggingCommand({ Bucket })),
  ],
  [
    "PutBucketTagging",
    "s3:PutBucketTagging",
    (c, Bucket) => c.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [] } })),
  ],
  [
    "DeleteBucketTagging",
    "s3:PutBucketTagging",
    (c, Bucket) => c.send(new s3.DeleteBucketTaggingCommand({ Bucket })),
  ],
  [
    "DeleteBucketOwnershipControls",
    "s3:PutBucketOwnershipControls",
    (c, Bucket) => c.send(new s3.DeleteBucketOwnershipControlsCommand({ Bucket })),
  ],
];

/** Every operation of S3 on an object under every prefix, on every bucket, and on the service. */
export function s3Probes({ run }: Target): Probe[] {
  const { imagesBucket, resultsBucket, renditionsBucket } = run.stack.outputs;
  const buckets = Object.entries({ imagesBucket, resultsBucket, renditionsBucket });
  return [
    {
      operation: "ListBuckets",
      action: "s3:ListAllMyBuckets",
      place: "*",
      send: (clients) => clients.s3.send(new s3.ListBucketsCommand({})),
    },
    ...buckets.flatMap(([name, bucket]) => [
      ...bucketProbes(name, bucket),
      ...prefixes.flatMap((prefix) => objectProbes(name, bucket, prefix)),
    ]),
  ];
}

function bucketProbes(place: string, bucket: string): Probe[] {
  return bucketOperations.map(([operation, action, send]) => ({
    operation,
    action,
    place,
    send: (clients) => send(clients.s3, bucket),
  }));
}

function objectProbes(name: string, Bucket: string, prefix: string): Probe[] {
  return Object.entries(objectOperations).map(([operation, { action, send }]) => ({
    operation,
    action,
    place: `${name}/${prefix}`,
    send: (clients) => send(clients.s3, { Bucket, Key: `${prefix}/seed` }),
  }));
}
