import type * as aws from "@pulumi/aws";
import type { LogGrant } from "./log-grant";

/**
 * Lets CloudWatch deliver access logs of these distributions to a bucket.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
 */
export function logDeliveryWrite({
  bucketArn,
  accountId,
  sourceArns,
}: LogGrant): aws.iam.PolicyStatement {
  return {
    Sid: "LogDeliveryWrite",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn}/AWSLogs/${accountId}/CloudFront/*`,
    Condition: {
      StringEquals: {
        "aws:SourceAccount": accountId,
        "s3:x-amz-acl": "bucket-owner-full-control",
      },
      ArnEquals: { "aws:SourceArn": [...sourceArns] },
    },
  };
}
