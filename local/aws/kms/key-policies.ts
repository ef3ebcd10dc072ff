import type { PolicyDocument } from "../iam/types";
import { rootArn } from "../iam/policy-principals";
import type { Account } from "../types";

/**
 * The policy of a key that is made without one: it leaves the decision to the account's policies.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicy(account: Account): PolicyDocument {
  return {
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: rootArn(account) },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  };
}

/** What the policies of such keys allow beyond what all of them do. */
const furtherActions: Readonly<Record<string, readonly string[]>> = {
  ssm: ["kms:Encrypt", "kms:ReEncrypt*"],
};

/**
 * The policy of the key that AWS makes for a service: whoever in the account may use the service may
 * use the key through it. Other services may not: CloudWatch cannot send to a topic that is
 * encrypted with `alias/aws/sns`.
 *
 * @param service such as `sns`.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function managedKeyPolicy(account: Account, service: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "kms:Decrypt",
          "kms:GenerateDataKey*",
          "kms:CreateGrant",
          "kms:ListGrants",
          "kms:DescribeKey",
          ...(furtherActions[service] ?? []),
        ],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:ViaService": `${service}.${account.region}.amazonaws.com`,
            "kms:CallerAccount": account.accountId,
          },
        },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: rootArn(account) },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  };
}
