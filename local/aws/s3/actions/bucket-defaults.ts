import type { Action } from "../action";
import { notConfigured } from "../errors";
import { xmlReply } from "../reply";
import { renderXml } from "../xml";

/** What no bucket has here, and so is told of each. */

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const getBucketAccelerate: Action = {
  permissions: () => ["s3:GetAccelerateConfiguration"],
  run: () => xmlReply(renderXml("AccelerateConfiguration", "")),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
export const getBucketRequestPayment: Action = {
  permissions: () => ["s3:GetBucketRequestPayment"],
  run: () => xmlReply(renderXml("RequestPaymentConfiguration", { Payer: "BucketOwner" })),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication: Action = {
  permissions: () => ["s3:GetReplicationConfiguration"],
  run: ({ bucket }) => {
    const message = "The replication configuration was not found";
    throw notConfigured(bucket.name, "ReplicationConfigurationNotFoundError", message);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const getBucketWebsite: Action = {
  permissions: () => ["s3:GetBucketWebsite"],
  run: ({ bucket }) => {
    const message = "The specified bucket does not have a website configuration";
    throw notConfigured(bucket.name, "NoSuchWebsiteConfiguration", message);
  },
};
