import type * as aws from "@pulumi/aws";
import type { LogGrant } from "./log-grant";

/**
 * Lets S3 deliver the access logs of these buckets, and of no others.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogWrite({
  bucketArn,
  accountId,
  sourceArns,
}: LogGrant): aws.iam.PolicyStatement {
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
