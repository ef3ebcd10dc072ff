import type { PolicyDocument } from "../iam/types";
import type { Account } from "../types";

export type EmailProtocol = "email" | "email-json";

export interface Topic {
  arn: string;
  /** The sender's name in mails. @default AWS Notifications */
  displayName?: string;
  /** Id, ARN or alias of the KMS key that encrypts messages. */
  kmsKeyId?: string | undefined;
  tags?: Readonly<Record<string, string>> | undefined;
  policy: PolicyDocument;
  subscriptions: Map<string, Subscription>;
}

export interface Subscription {
  arn: string;
  protocol: EmailProtocol;
  /** A mail address. */
  endpoint: string;
}

/** The policy of a topic that was given none: only its owner's account may use it. */
export function defaultTopicPolicy(account: Account, topicArn: string): PolicyDocument {
  return {
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": account.accountId } },
      },
    ],
  };
}
