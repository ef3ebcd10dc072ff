import type * as aws from "@pulumi/aws";
import type { Location } from "../location";

/**
 * The policy of the key that encrypts the alert topic: IAM policies of the account administer it,
 * and CloudWatch may use it to publish. The key that AWS manages for SNS (`alias/aws/sns`) has no
 * such policy, and alarms sent to a topic that it encrypts are lost without a sign.
 */
export function alertKeyPolicy({ partition, accountId }: Location): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // Without this statement nobody could ever change or delete the key again.
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchEncrypts",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}

/** The policy of the alert topic: alarms of this account and region publish, over TLS only. */
export function alertTopicPolicy(topicArn: string, location: Location): aws.iam.PolicyDocument {
  const { partition, region, accountId } = location;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: {
            "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*`,
          },
        },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
