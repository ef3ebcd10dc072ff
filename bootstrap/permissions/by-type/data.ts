import { type TypeActions, type TypeTable } from "./type-actions";

/** Settings of a bucket that are resources of their own, which are put and read by one action each. */
const bucketSetting = (setting: string): TypeActions => ({
  write: [`s3:Put${setting}`],
  read: [`s3:Get${setting}`],
});

/** What deployments need for buckets, tables and parameters. */
export const dataActions: TypeTable = {
  "aws:dynamodb/table:Table": {
    write: [
      ...["dynamodb:CreateTable", "dynamodb:UpdateTable", "dynamodb:DeleteTable"],
      ...["dynamodb:UpdateTimeToLive", "dynamodb:UpdateContinuousBackups"],
      ...["dynamodb:TagResource", "dynamodb:UntagResource"],
    ],
    read: [
      ...["dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive"],
      ...["dynamodb:DescribeContinuousBackups", "dynamodb:ListTagsOfResource"],
    ],
  },
  "aws:s3/bucket:Bucket": {
    write: [
      ...[
        "s3:CreateBucket",
        "s3:DeleteBucket",
        "s3:PutBucketTagging",
        "s3:TagResource",
        "s3:UntagResource",
      ],
      // Where data is not protected, a bucket is emptied before it is deleted.
      ...["s3:ListBucketVersions", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    ],
    read: [
      ...["s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketTagging", "s3:ListTagsForResource"],
      ...["s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketPolicy"],
      ...["s3:GetBucketRequestPayment", "s3:GetBucketVersioning", "s3:GetBucketWebsite"],
      ...["s3:GetAccelerateConfiguration", "s3:GetBucketObjectLockConfiguration"],
      ...[
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration",
      ],
    ],
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": bucketSetting("BucketCORS"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration":
    bucketSetting("LifecycleConfiguration"),
  "aws:s3/bucketLogging:BucketLogging": bucketSetting("BucketLogging"),
  "aws:s3/bucketNotification:BucketNotification": bucketSetting("BucketNotification"),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": bucketSetting(
    "BucketObjectLockConfiguration",
  ),
  // Objects of the program are in `documents.ts`, by their keys.
  "aws:s3/bucketObjectv2:BucketObjectv2": { write: [], read: [] },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls":
    bucketSetting("BucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": {
    write: ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
    read: ["s3:GetBucketPolicy"],
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":
    bucketSetting("BucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    bucketSetting("EncryptionConfiguration"),
  "aws:s3/bucketVersioning:BucketVersioning": bucketSetting("BucketVersioning"),
  "aws:ssm/parameter:Parameter": {
    write: [
      "ssm:PutParameter",
      "ssm:DeleteParameter",
      "ssm:AddTagsToResource",
      "ssm:RemoveTagsFromResource",
    ],
    read: ["ssm:DescribeParameters", "ssm:ListTagsForResource"],
    readSecrets: ["ssm:GetParameter"],
  },
};
