import type * as aws from "@pulumi/aws";

/** Whose access logs are delivered where. */
export interface AccessLogGrant {
  /** ARN of the bucket of logs. */
  bucketArn: string;
  accountId: string;
  /** ARNs of the buckets whose requests are logged. */
  sourceArns: readonly string[];
}

/**
 * Lets S3 deliver the access logs of these buckets, and of no others.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogWrite({
  bucketArn,
  accountId,
  sourceArns,
}: AccessLogGrant): aws.iam.PolicyStatement {
  return {
    Sid: "AccessLogWrite",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `${bucketArn}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": [...sourceArns] },
      // The ARNs do not hold it, and a bucket of such a name may one day be another account's.
      StringEquals: { "aws:SourceAccount": accountId },
    },
  };
}
