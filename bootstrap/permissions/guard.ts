import type * as aws from "@pulumi/aws";
import { type Account, expand } from "./scope";

/** What the roles of this program work with, and must not change. */
export interface Foundation {
  /** The boundary of the roles of stacks. */
  boundaryArn: string;
  /** The bucket of Pulumi's state; none with Pulumi Cloud. */
  stateBucketArn?: string | undefined;
}

/** What a client of the state may do with its bucket at most. */
export const stateBucketUse = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"];

/** What a client of the state may do with its key at most. */
export const stateKeyUse = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"];

/**
 * What no role of a pipeline may do, whatever it is granted, by mistake or in time: rise above itself, take on another
 * role, or change what this program has made.
 */
export function neverEscape(account: Account, foundation: Foundation): aws.iam.PolicyStatement[] {
  const { boundaryArn, stateBucketArn } = foundation;
  const anyRole = [expand("iam::<account>:role/*", account)];
  return [
    {
      Sid: "NeverAssumeRoles",
      Effect: "Deny",
      Action: [
        "sts:AssumeRole",
        "sts:AssumeRoleWithSAML",
        "sts:AssumeRoleWithWebIdentity",
        "sts:AssumeRoot",
      ],
      Resource: "*",
    },
    {
      Sid: "NeverTouchBootstrap",
      Effect: "Deny",
      Action: "iam:*",
      Resource: [
        expand("iam::<account>:role/bootstrap/*", account),
        expand("iam::<account>:policy/bootstrap/*", account),
        expand("iam::<account>:oidc-provider/*", account),
      ],
    },
    {
      Sid: "NeverUnbound",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary"],
      Resource: anyRole,
    },
    {
      // Without a boundary there is no value, and this denies as well.
      Sid: "NeverBeyondBoundary",
      Effect: "Deny",
      Action: [
        ...["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary"],
        ...["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
      ],
      Resource: anyRole,
      Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      Sid: "NeverOtherIdentities",
      Effect: "Deny",
      Action: [
        ...[
          "iam:AddUserToGroup",
          "iam:AttachGroupPolicy",
          "iam:AttachUserPolicy",
          "iam:CreateAccessKey",
        ],
        ...["iam:CreateGroup", "iam:CreateLoginProfile", "iam:CreateOpenIDConnectProvider"],
        ...["iam:CreateSAMLProvider", "iam:CreateUser", "iam:PutGroupPolicy", "iam:PutUserPolicy"],
        ...["iam:SetDefaultPolicyVersion", "iam:UpdateLoginProfile"],
      ],
      Resource: "*",
    },
    ...(stateBucketArn === undefined ? [] : [onlyUse(stateBucketArn)]),
  ];
}

/** Leaves of the state's bucket nothing but its use. Its key's own policy says as much of the key. */
function onlyUse(bucketArn: string): aws.iam.PolicyStatement {
  return {
    Sid: "NeverChangeStateBucket",
    Effect: "Deny",
    NotAction: stateBucketUse,
    Resource: [bucketArn, `${bucketArn}/*`],
  };
}
