import type { Action } from "../action";
import { S3Error } from "../errors";

/** Buckets are no websites here. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite: Action = {
  permissions: () => ["s3:GetBucketWebsite"],
  run: ({ bucket }) => {
    throw new S3Error(
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration",
      404,
      { BucketName: bucket.name },
    );
  },
};
